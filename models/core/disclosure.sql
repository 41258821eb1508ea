-- One row per guarded group of measures and year: whether its figures would
-- reveal a small count to the shared audience, at an area or of the whole area.
-- All areas' figures of a year are withheld when one area has a small count
-- in any period of it, when periods within a period reveal one
-- (core.disclosure_by_split), when a total does (core.disclosure_by_total), when
-- what is left up to a bound is one (core.disclosure_by_bound), or when they
-- were withheld in a published version (core.disclosure_by_version).
-- The whole area's are withheld, and the areas' with them, when they show a
-- small count themselves, when an area's could be worked out from them, or
-- when they and published ones reveal one.
with

figure as (

    select
        guarded.guard_group,
        period.year,
        guarded.measure_key,
        measure.period_key,
        period.data_to,
        guarded.over_time,
        guarded.over_areas,
        guarded.is_sensitive_count,
        measure.value_in_period,
        measure.value_to_date,
        measure.is_carried,
    from core.measure_to_date as measure
    inner join core.guarded_measure as guarded using (measure_key)
    inner join raw.period as period using (period_key)

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

total_of_period as (

    select
        figure.guard_group,
        figure.year,
        figure.measure_key,
        figure.data_to,
        any_value(figure.is_sensitive_count)
        and (
            is_small(any_value(whole.value_in_period))
            or is_small(any_value(whole.value_to_date))
        ) as is_small,
        any_value(figure.over_time) = 'last' as is_stock,
        bool_or(figure.is_carried) as is_carried,
        any_value(whole.value_to_date) as value,
    from figure
    inner join core.measure_over_places as whole using (measure_key, period_key)
    group by
        figure.guard_group,
        figure.year,
        figure.measure_key,
        figure.period_key,
        figure.data_to

),

-- where the stocks of some stand as they were, the total moves as the others'
moved as (

    select
        guard_group,
        year,
        is_small,
        coalesce(
            is_stock
            and is_carried
            and value <> lag(value) over (
                partition by guard_group, measure_key
                order by data_to
            ),
            false
        ) as is_partial,
    from total_of_period

),

of_whole as (

    select
        guard_group,
        year,
        bool_or(is_small) as is_small,
        bool_or(is_partial) as is_partial,
    from moved
    group by guard_group, year

),

-- both sides of a change from which something of some places is taken
trimmed as (

    select
        unnest([indicator.of_key, earlier.compared_key]) as indicator_key,
        unnest([change.period_key, earlier.earlier_key]) as period_key,
    from core.change_fraction as change
    inner join core.change_earlier as earlier
        using (indicator_key, period_key, scope, scope_no)
    inner join raw.indicator as indicator using (indicator_key)
    where change.scope = 'whole' and change.apart is not null

),

-- a ratio leaves out places of which one of its measures is known, and a change
-- what the other side lacks: the total of that measure, less what stands there,
-- tells it. An office that hands up a version has published it: the total less
-- that tells the others' figures. is_told: with the small count of an area of
-- that office, with the change since an earlier version, or with the total
-- itself, which it withholds.
left_out as (

    select
        measure.guard_group,
        period.year,
        bool_or(told.is_told) as is_told,
    from (
        select
            figure.measure_key,
            place.period_key,
            false as is_told,
        from core.place_taken as place
        inner join core.indicator_figure as figure
            using (indicator_key, slot_no, place_key, period_key)
        where
            place.is_there
            and not place.is_taken
            and figure.known_to_date > 0
        union all
        select
            part.measure_key,
            trimmed.period_key,
            false,
        from trimmed
        inner join raw.indicator_part as part using (indicator_key)
        union all
        select
            handed.measure_key,
            handed.period_key,
            version.handed_version > 1 or handed.is_withheld,
        from core.reading as handed
        inner join staging.submission as version using (submission_no)
        where version.handed_version is not null and handed.value is not null
        union all
        select
            part.measure_key,
            apart.period_key,
            is_small(apart.to_date) or is_small(apart.in_period),
        from core.handed_left_out as apart
        inner join raw.indicator_part as part using (indicator_key, part_no)
    ) as told
    inner join core.guarded_measure as measure using (measure_key)
    inner join raw.period as period using (period_key)
    group by measure.guard_group, period.year

),

-- a share reveals how many places are above or below a number, and with the
-- total then what some of them are
counted_by_share as (

    select distinct measure.guard_group,
    from raw.indicator_part as part
    inner join core.guarded_measure as measure using (measure_key)
    inner join raw.indicator as indicator using (indicator_key)
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
        or coalesce(by_total.is_small_of_area, false)
        or coalesce(by_bound.is_small_of_area, false) as is_area_small,
        coalesce(by_version.is_small_difference, false) as is_small_difference,
        coalesce(by_version.was_area_withheld, false) as was_area_withheld,
        coalesce(by_version.was_whole_withheld, false) as was_whole_withheld,
        -- an area's figure could be worked out from the whole area's: a total
        -- moves by some areas alone, or a ratio or the total of several measures
        -- leaves some out, or totals are no sums, or a share counts the areas,
        -- or the areas' own offices tell theirs,
        -- or one reports less for a half-year than for its quarters, or
        -- their own figures were shown before and the total has moved since
        coalesce(of_whole.is_partial, false)
        or left_out.guard_group is not null
        or coalesce(by_total.is_small_of_area, false)
        or of_areas.is_no_sum
        or counted_by_share.guard_group is not null
        or coalesce(by_split.is_below_parts, false)
        or (
            coalesce(by_version.was_area_shown, false)
            and coalesce(by_version.is_whole_changed, false)
        ) as tells_an_area,
        coalesce(of_whole.is_small, false)
        or coalesce(by_split.is_small_of_whole, false)
        or coalesce(by_bound.is_small_of_whole, false)
        or coalesce(left_out.is_told, false)
        or (is_area_small and tells_an_area) as is_whole_small,
    from of_areas
    left join of_whole using (guard_group, year)
    left join left_out using (guard_group, year)
    left join counted_by_share using (guard_group)
    left join core.disclosure_by_split as by_split using (guard_group, year)
    left join core.disclosure_by_total as by_total using (guard_group, year)
    left join core.disclosure_by_bound as by_bound using (guard_group, year)
    left join core.disclosure_by_version as by_version using (guard_group, year)

)

select
    guard_group,
    year,
    is_whole_small or is_small_difference or was_whole_withheld
        as is_whole_disclosive,
    is_area_small or was_area_withheld or is_whole_disclosive
        as is_area_disclosive,
from judged
