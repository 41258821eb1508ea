-- One row per guarded group of measures and year: whether a total, less those
-- of its parts that are there, reveals a small count of a part that was left
-- blank.
with

-- what is there of each total's parts, where a sensitive count is blank
parts_with_blank as (

    select
        total.measure_key,
        part.place_key,
        part.period_key,
        coalesce(sum(part.value_in_period), 0) as value_in_period,
        coalesce(sum(part.value_to_date), 0) as value_to_date,
    from raw.measure_part as total
    inner join core.measure_to_date as part
        on total.part_key = part.measure_key
    inner join core.guarded_measure as measure
        on part.measure_key = measure.measure_key
    group by total.measure_key, part.place_key, part.period_key
    having
        bool_or(
            measure.is_sensitive_count
            and (part.value_to_date is null or not part.is_reported)
        )

)

select
    measure.guard_group,
    period.year,
    bool_or(
        is_small(total.value_in_period - part.value_in_period)
        or is_small(total.value_to_date - part.value_to_date)
    ) as is_small_of_area,
from core.measure_to_date as total
inner join core.guarded_measure as measure using (measure_key)
inner join raw.period as period using (period_key)
inner join parts_with_blank as part using (measure_key, place_key, period_key)
group by measure.guard_group, period.year
