-- One row per guarded group of measures and year: whether its figures would
-- tell the shared audience a small count, at an area or of the whole area.
-- All areas' figures of a year are withheld when one area has a small count
-- in any period of it, when periods within a period tell one
-- (core.disclosure_by_split), when a total does (core.disclosure_by_total), or
-- when they were withheld in a published version (core.disclosure_by_version).
-- The whole area's are withheld, and the areas' with them, when they show a
-- small count themselves, when an area's could be worked out from them, or
-- when they and published ones tell one.
with

figure as (

    select
        guarded.guard_group,
        period.year,
        guarded.measure_key,
        measure.period_key,
        measure.place_key,
        measure.is_known,
        guarded.over_areas,
        guarded.is_sensitive_count,
        measure.value_in_period,
        measure.value_to_date,
    from core.measure_to_date as measure
    inner join core.guarded_measure as guarded
        on measure.measure_key = guarded.measure_key
    inner join raw.period as period
        on measure.period_key = period.period_key

),

of_areas as (

    select
        guard_group,
        year,
        bool_or(
            is_sensitive_count
            and (is_small(value_in_period) or is_small(value_to_date))
        ) as is_small,
        bool_or(is_sensitive_count and over_areas <> 'sum') as is_no_sum,
    from figure
    group by guard_group, year

),

-- is_partial: some place is known in it and another is not
total_of_period as (

    select
        guard_group,
        year,
        measure_key,
        any_value(is_sensitive_count)
        and (
            is_small(sum(value_in_period))
            or is_small(sum(value_to_date))
            or is_small(sum(value_to_date) filter (where is_known))
        ) as is_small,
        bool_or(is_known) and not bool_and(is_known) as is_partial,
        list(place_key) as places,
    from figure
    group by guard_group, year, measure_key, period_key
    having count(value_to_date) > 0

),

total_of_measure as (

    select
        guard_group,
        year,
        bool_or(is_small) as is_small,
        -- or one period is without a place that another one has
        bool_or(is_partial)
        or len(list_distinct(flatten(list(places)))) > min(len(places))
            as is_partial,
    from total_of_period
    group by guard_group, year, measure_key

),

of_whole as (

    select
        guard_group,
        year,
        bool_or(is_small) as is_small,
        bool_or(is_partial) as is_partial,
    from total_of_measure
    group by guard_group, year

),

-- a share tells how many places are above or below a number, and with the
-- total then what some of them are
counted_by_share as (

    select distinct measure.guard_group,
    from raw.indicator_part as part
    inner join core.guarded_measure as measure
        on part.measure_key = measure.measure_key
    inner join raw.indicator as indicator
        on part.indicator_key = indicator.indicator_key
    where
        measure.is_sensitive_count
        and indicator.value_kind in ('share_of_areas', 'share_of_units')

),

judged as (

    select
        of_areas.guard_group,
        of_areas.year,
        of_areas.is_small
        or coalesce(by_split.is_small_of_area, false)
        or coalesce(by_total.is_small_of_area, false) as is_area_small,
        coalesce(by_version.is_small_difference, false) as is_small_difference,
        coalesce(by_version.was_area_withheld, false) as was_area_withheld,
        coalesce(by_version.was_whole_withheld, false) as was_whole_withheld,
        -- an area's figure could be worked out from the whole area's: totals
        -- of different periods are of different areas, or are no sums, or
        -- a share counts the areas, or the areas' own figures were shown
        -- before and the total has moved since
        coalesce(of_whole.is_partial, false)
        or of_areas.is_no_sum
        or counted_by_share.guard_group is not null
        or (
            coalesce(by_version.was_area_shown, false)
            and coalesce(by_version.is_whole_changed, false)
        ) as tells_an_area,
        coalesce(of_whole.is_small, false)
        or coalesce(by_split.is_small_of_whole, false)
        or (is_area_small and tells_an_area) as is_whole_small,
    from of_areas
    left join of_whole
        on of_areas.guard_group = of_whole.guard_group
        and of_areas.year = of_whole.year
    left join counted_by_share
        on of_areas.guard_group = counted_by_share.guard_group
    left join core.disclosure_by_split as by_split
        on of_areas.guard_group = by_split.guard_group
        and of_areas.year = by_split.year
    left join core.disclosure_by_total as by_total
        on of_areas.guard_group = by_total.guard_group
        and of_areas.year = by_total.year
    left join core.disclosure_by_version as by_version
        on of_areas.guard_group = by_version.guard_group
        and of_areas.year = by_version.year

)

select
    guard_group,
    year,
    is_whole_small or is_small_difference or was_whole_withheld
        as is_whole_disclosive,
    is_area_small or was_area_withheld or is_whole_disclosive
        as is_area_disclosive,
from judged
