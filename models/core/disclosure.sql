-- One row per guarded group of measures and year: whether its figures would
-- tell the shared audience a small count. A group is a sensitive measure with
-- all that are tied to it, by an indicator, a bound or a total, since each
-- could be worked out from the others. When one area has a small count in any
-- period of the year, or two figures of it differ by one, every area's figure
-- of that year is withheld; the whole area's too when its own figures show
-- one, when it is no sum, or when areas come and go between periods, so that
-- totals of different periods would show one area's part. What published
-- versions have told counts too: see core.disclosure_by_version.
with

figure as (

    select
        definition.guard_group,
        period.year,
        measure.measure_key,
        measure.period_key,
        measure.place_key,
        measure.is_known,
        definition.over_areas,
        definition.is_sensitive and definition.kind = 'count' as is_counted,
        measure.value_in_period,
        measure.value_to_date,
    from core.measure_to_date as measure
    inner join raw.measure as definition
        on measure.measure_key = definition.measure_key
    inner join raw.period as period
        on measure.period_key = period.period_key
    where definition.guard_group is not null

),

-- what a covering period tells beyond the periods that it covers
remainder as (

    select
        definition.guard_group,
        period.year,
        whole.measure_key,
        whole.period_key,
        whole.place_key,
        any_value(whole.value) - sum(covered.value) as value,
    from core.measure_in_period as whole
    inner join raw.measure as definition
        on whole.measure_key = definition.measure_key
    inner join raw.period as period
        on whole.period_key = period.period_key
    inner join raw.period_cover as cover
        on whole.period_key = cover.period_key
    inner join core.measure_in_period as covered
        on cover.covered_key = covered.period_key
        and whole.measure_key = covered.measure_key
        and whole.place_key = covered.place_key
    where
        definition.guard_group is not null
        and definition.is_sensitive
        and definition.kind = 'count'
        and definition.over_time = 'sum'
        and whole.basis = 'own'
    group by
        definition.guard_group,
        period.year,
        whole.measure_key,
        whole.period_key,
        whole.place_key

),

place as (

    select
        guard_group,
        year,
        bool_or(
            is_counted and (is_small(value_in_period) or is_small(value_to_date))
        ) as is_small,
        bool_or(is_counted and over_areas <> 'sum') as is_no_sum,
    from figure
    group by guard_group, year

),

whole as (

    select
        guard_group,
        year,
        bool_or(is_counted and is_small_total) as is_small,
        bool_or(is_partial) as is_partial,
    from (
        select
            guard_group,
            year,
            any_value(is_counted) as is_counted,
            is_small(sum(value_in_period)) or is_small(sum(value_to_date))
            or is_small(sum(value_to_date) filter (where is_known))
                as is_small_total,
            bool_or(is_known) and not bool_and(is_known) as is_partial,
        from figure
        group by guard_group, year, measure_key, period_key
    )
    group by guard_group, year

),

left_over as (

    select
        guard_group,
        year,
        bool_or(is_small_at_place) as is_small_at_place,
        bool_or(is_small(abs(total))) as is_small_total,
    from (
        select
            guard_group,
            year,
            bool_or(is_small(abs(value))) as is_small_at_place,
            sum(value) as total,
        from remainder
        group by guard_group, year, measure_key, period_key
    )
    group by guard_group, year

),

judged as (

    select
        place.guard_group,
        place.year,
        place.is_small or coalesce(left_over.is_small_at_place, false)
            as is_area_small,
        coalesce(told.is_small_difference, false) as is_small_difference,
        coalesce(told.was_area_withheld, false) as was_area_withheld,
        coalesce(told.was_whole_withheld, false) as was_whole_withheld,
        whole.is_small
        or coalesce(left_over.is_small_total, false)
        or (
            is_area_small
            and (
                whole.is_partial
                or place.is_no_sum
                -- with what the areas had been, the new total would tell
                -- what one of them is now
                or coalesce(told.was_area_shown, false)
                and coalesce(told.is_whole_changed, false)
            )
        ) as is_whole_small,
    from place
    inner join whole
        on place.guard_group = whole.guard_group
        and place.year = whole.year
    left join left_over
        on place.guard_group = left_over.guard_group
        and place.year = left_over.year
    left join core.disclosure_by_version as told
        on place.guard_group = told.guard_group
        and place.year = told.year

)

select
    guard_group,
    year,
    is_whole_small or is_small_difference or was_whole_withheld
        as is_whole_disclosive,
    is_area_small or was_area_withheld or is_whole_disclosive
        as is_area_disclosive,
from judged
