-- One row per guarded group of measures and year with a measure that another
-- one bounds, as cases bound those solved: whether what is left between both
-- is a small count of an area or of the whole area. It is a count too, of cases
-- not solved.
with

figure as (

    select
        measure_key,
        period_key,
        place_key,
        value_in_period,
        value_to_date,
    from core.measure_to_date
    union all
    select
        measure_key,
        period_key,
        null as place_key,
        value_in_period,
        value_to_date,
    from core.measure_over_places

),

remainder as (

    select
        pair.guard_group,
        period.year,
        bounded.place_key,
        is_small(bound.value_in_period - bounded.value_in_period)
        or is_small(bound.value_to_date - bounded.value_to_date) as is_small,
    from core.bounded_pair as pair
    inner join figure as bounded using (measure_key)
    inner join figure as bound
        on pair.at_most_key = bound.measure_key
        and bounded.period_key = bound.period_key
        and bounded.place_key is not distinct from bound.place_key
    inner join raw.period as period
        on bounded.period_key = period.period_key

)

select
    guard_group,
    year,
    bool_or(is_small and place_key is not null) as is_small_of_area,
    bool_or(is_small and place_key is null) as is_small_of_whole,
from remainder
group by guard_group, year
