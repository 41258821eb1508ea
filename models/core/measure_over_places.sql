-- One row per measure and period that is not in the future: the plan's whole
-- area. Of places that are gone, the flows stay.
with

place as (

    select
        series.measure_key,
        series.place_key,
        series.period_key,
        series.place_role = 'there' as is_there,
        coalesce(series.units_to_date, exact(series.value_to_date)) as to_date,
        coalesce(series.units_in_period, exact(series.value_in_period))
            as in_period,
        series.is_reported,
        series.periods_missing_before,
    from core.measure_series as series
    inner join raw.measure as measure using (measure_key)
    inner join core.period_state as state using (period_key)
    anti join core.place_continued as continued
        using (measure_key, place_key, period_key)
    where
        state.state <> 'future'
        and (series.is_base or series.is_covering)
        and (
            series.place_role = 'there'
            or (
                series.place_role = 'gone'
                and series.over_time = 'sum'
                and series.there_to is not null
            )
        )

)

select
    place.measure_key,
    place.period_key,
    over_places(any_value(measure.over_areas), place.to_date, place.place_key)
        as value_to_date,
    over_places(any_value(measure.over_areas), place.in_period, place.place_key)
        as value_in_period,
    count(*) filter (where place.is_there)::integer as places_expected,
    count(*) filter (where place.is_there and place.is_reported)::integer
        as places_reported,
    count(*) filter (
        where
        place.is_there
        and place.to_date is not null
        and not place.is_reported
    )::integer as places_carried,
    sum(place.periods_missing_before)::integer as periods_missing_before,
from place
inner join raw.measure as measure using (measure_key)
group by place.measure_key, place.period_key
having places_expected > 0
