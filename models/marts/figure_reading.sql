-- One row per plan, measure, unit, area (null: not by area), period and
-- reading that the figure of that period stands on: that of source_unit for
-- source_period, and the submission that it is in (null: not sent). has_value:
-- there is a reading and it is not blank. What is known to date stands on the
-- rows of its series so far, see marts.figure_due.
select
    plan.plan_id,
    measure.measure,
    unit.unit_id,
    if(reading.place_key > 0, reading.place_key, null) as area_id,
    period.period,
    series.span,
    if(series.is_covering, series.kind, '') as series,
    source_unit.unit_id as source_unit_id,
    if(reading.source_place_key > 0, reading.source_place_key, null)
        as source_area_id,
    source.period as source_period,
    reading.is_own,
    reading.is_inherited,
    reading.submission_no,
    reading.value is not null as has_value,
from core.figure_reading as reading
inner join core.measure_series as series
    on reading.measure_key = series.measure_key
    and reading.place_key = series.place_key
    and reading.period_key = series.period_key
inner join core.period_state as state
    on reading.period_key = state.period_key
inner join raw.measure as measure
    on reading.measure_key = measure.measure_key
inner join raw.plan as plan
    on reading.plan_key = plan.plan_key
inner join raw.unit as unit
    on reading.unit_key = unit.unit_key
inner join raw.unit as source_unit
    on reading.source_unit_key = source_unit.unit_key
inner join raw.period as period
    on reading.period_key = period.period_key
inner join raw.period as source
    on reading.source_key = source.period_key
where state.state <> 'future'
