-- One row per unit and period whose report has exactly the figures of the
-- period of its kind before, as if only its date had been changed, of measures
-- that add up over such periods. Two flows at least
-- must be ten or more: smaller ones may well agree by chance, and stocks and
-- answers of yes or no stay the same anyway.
with

content as (

    select
        reading.submission_no,
        reading.period_key,
        any_value(place.unit_key) as unit_key,
        count(*) as figures,
        -- of one text each: of several values, equal ones would cancel out
        bit_xor(
            hash(
                concat_ws(
                    ' ',
                    reading.measure_key,
                    reading.place_key,
                    reading.value
                )
            )
        ) as content,
        count(*) filter (
            definition.over_time = 'sum'
            and definition.kind = 'count'
            and reading.value >= 10
        ) as flows,
    from core.reading_current as reading
    inner join raw.measure as definition using (measure_key)
    inner join raw.measure_place as place using (measure_key, place_key)
    inner join raw.measure_period as life using (measure_key, period_key)
    where life.is_base
    group by reading.submission_no, reading.period_key

)

select
    now.submission_no,
    now.unit_key,
    now.period_key,
from content as now
inner join core.period_before as earlier using (period_key)
inner join content as before
    on now.unit_key = before.unit_key
    and earlier.reported_before_key = before.period_key
where
    now.figures = before.figures
    and now.content = before.content
    and now.flows >= 2
