-- One row per sensitive measure and year: whether its figures would tell
-- the shared audience a small count (1 to 4). When one area has one in any
-- period of the year, every area's figure of that year is withheld, so that
-- none can be worked out from the others, the total or another period; the
-- whole area's figures likewise when its own total has one.
with

value_of_place as (

    select
        measure.measure_key,
        period.year,
        measure.period_key,
        measure.place_key,
        measure.value_in_period,
        measure.value_to_date,
    from core.measure_to_date as measure
    inner join raw.measure as definition
        on measure.measure_key = definition.measure_key
    inner join raw.period as period
        on measure.period_key = period.period_key
    where definition.is_sensitive

),

value_of_whole as (

    select
        measure_key,
        year,
        period_key,
        sum(value_in_period) as value_in_period,
        sum(value_to_date) as value_to_date,
    from value_of_place
    group by measure_key, year, period_key

),

place as (

    select
        measure_key,
        year,
        bool_or(
            coalesce(value_in_period between 1 and 4, false)
            or coalesce(value_to_date between 1 and 4, false)
        ) as is_area_disclosive,
    from value_of_place
    group by measure_key, year

),

whole as (

    select
        measure_key,
        year,
        bool_or(
            coalesce(value_in_period between 1 and 4, false)
            or coalesce(value_to_date between 1 and 4, false)
        ) as is_whole_disclosive,
    from value_of_whole
    group by measure_key, year

)

select
    place.measure_key,
    place.year,
    place.is_area_disclosive,
    whole.is_whole_disclosive,
from place
inner join whole
    on place.measure_key = whole.measure_key
    and place.year = whole.year
