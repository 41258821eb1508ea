-- One row per guarded group of measures and year: whether a covering period,
-- less the periods that lie in it, reveals a small count of an area or of the
-- whole area; is_below_parts: an area has reported less for it than those of
-- its periods come to, so that the whole area's figures, less each other, tell
-- what its own are at least. Only flows add up over periods.
with

remainder as (

    select
        measure.guard_group,
        period.year,
        whole.measure_key,
        whole.period_key,
        split.split_key,
        split.split,
        whole.place_key,
        -- of the whole area what an area reports that is silent in the parts remains, too
        any_value(whole.value) - coalesce(sum(part.value), 0) as value,
        count(part.value) > 0 as has_parts,
    from core.measure_in_period as whole
    inner join core.guarded_measure as measure using (measure_key)
    inner join raw.period as period using (period_key)
    inner join core.period_split as split
        on whole.period_key = split.whole_key
    left join core.measure_in_period as part
        on split.part_key = part.period_key
        and whole.measure_key = part.measure_key
        and whole.place_key = part.place_key
    where measure.is_sensitive_count and measure.over_time = 'sum'
    group by all

),

over_places as (

    select
        guard_group,
        year,
        bool_or(has_parts and is_small(abs(value))) as is_small_of_area,
        is_small(abs(sum(value))) as is_small_of_whole,
        bool_or(value < 0) as is_below_parts,
    from remainder
    group by guard_group, year, measure_key, period_key, split_key, split

)

select
    guard_group,
    year,
    bool_or(is_small_of_area) as is_small_of_area,
    bool_or(is_small_of_whole) as is_small_of_whole,
    bool_or(is_below_parts) as is_below_parts,
from over_places
group by guard_group, year
