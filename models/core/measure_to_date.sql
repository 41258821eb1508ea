-- View: one row per measure, place and period that is not in the future and in
-- which the place is there: what is known of the measure by then
-- (core.measure_series) and how it was reported.
select
    series.measure_key,
    series.place_key,
    series.period_key,
    series.plan_key,
    series.submission_no,
    series.is_nil,
    series.is_base,
    series.basis,
    series.periods_missing_before,
    series.is_reported,
    series.value_to_date is not null and not series.is_reported as is_carried,
    series.value_in_period,
    series.value_to_date,
    series.is_open,
from core.measure_series as series
inner join core.period_state as state using (period_key)
where
    series.place_role = 'there'
    and (series.is_base or series.is_covering)
    and state.state <> 'future'
