-- One row per flow, place and regular period that another office handed up,
-- whose total to date here is not what that office had: an earlier period has a
-- newer version there, which has not come. Only where every earlier period of
-- the year has come.
with

area as (

    select
        measure.measure_key,
        place.place_key,
        current.period_key,
        current.submission_no,
        unnest(
            from_json_strict(
                reading.parts, '[{"area": "VARCHAR", "to_date": "DECIMAL(18,4)"}]'
            ),
            recursive := true
        ),
    from ledger.main.reading as reading
    inner join core.submission_current as current
        on reading.submission_no = current.submission_no
    inner join raw.measure as measure
        on current.plan_key = measure.plan_key
        and reading.measure = measure.measure
    inner join raw.measure_place as place
        on measure.measure_key = place.measure_key
        and current.unit_key = place.unit_key
        and reading.area_id is not distinct from place.area_id
    where
        reading.parts is not null
        and measure.over_time = 'sum'
        and measure.over_areas = 'sum'

),

handed as (

    select
        measure_key,
        place_key,
        period_key,
        any_value(submission_no) as submission_no,
        sum(to_date)::decimal(18, 4) as to_date,
    from area
    group by measure_key, place_key, period_key

)

select
    handed.measure_key,
    handed.place_key,
    handed.period_key,
    handed.submission_no,
    here.value_to_date as value,
    handed.to_date as compared_with,
from handed
inner join core.measure_to_date as here
    on handed.measure_key = here.measure_key
    and handed.place_key = here.place_key
    and handed.period_key = here.period_key
inner join raw.period as period
    on handed.period_key = period.period_key
where
    period.is_base
    and period.position > 1
    and here.is_reported
    and here.periods_missing_before = 0
    and here.value_to_date <> handed.to_date
