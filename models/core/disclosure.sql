-- One row per guarded group of measures and year: whether its figures would
-- tell the shared audience a small count. A group is a sensitive measure with
-- all that are tied to it, by an indicator, a bound or a total, since each
-- could be worked out from the others. When one area has a small count in any
-- period of the year, or two figures of it differ by one, every area's figure
-- of that year is withheld; the whole area's too when its own figures show
-- one, when it is no sum, when areas come and go between periods, so that
-- totals of different periods would show one area's part, or when a share
-- tells how many areas have so many. What published
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

-- sets of periods that lie in one covering period: those that it covers and,
-- for each other covering period in it, that one, or that one and those of its
-- kind before it, with the covered periods that are then left
nested as (

    select
        whole.period_key as whole_key,
        part.period_key as part_key,
        part.kind,
        part.position,
    from raw.period as whole
    inner join raw.period_cover as cover
        on whole.period_key = cover.period_key
    inner join raw.period_cover as part_cover
        on cover.covered_key = part_cover.covered_key
    inner join raw.period as part
        on part_cover.period_key = part.period_key
        and whole.year = part.year
        and whole.period_key <> part.period_key
    group by whole.period_key, part.period_key, part.kind, part.position
    having
        count(*) = (
            select count(*) from raw.period_cover as own
            where own.period_key = part.period_key
        )

),

taken as (

    select
        whole_key,
        part_key as set_key,
        'one' as reach,
        part_key,
    from nested
    union all
    select
        latest.whole_key,
        latest.part_key as set_key,
        'to_date' as reach,
        nested.part_key,
    from nested as latest
    inner join nested
        on latest.whole_key = nested.whole_key
        and latest.kind = nested.kind
    where nested.position <= latest.position

),

inside as (

    select
        period_key as whole_key,
        period_key as set_key,
        'covered' as reach,
        covered_key as inner_key,
    from raw.period_cover
    union all
    select
        whole_key,
        set_key,
        reach,
        part_key as inner_key,
    from taken
    union all
    select
        nested.whole_key,
        nested.set_key,
        nested.reach,
        cover.covered_key as inner_key,
    from (select distinct whole_key, set_key, reach from taken) as nested
    inner join raw.period_cover as cover
        on nested.whole_key = cover.period_key
    anti join (
        select
            taken.whole_key,
            taken.set_key,
            taken.reach,
            part_cover.covered_key,
        from taken
        inner join raw.period_cover as part_cover
            on taken.part_key = part_cover.period_key
    ) as within_part
        on nested.whole_key = within_part.whole_key
        and nested.set_key = within_part.set_key
        and nested.reach = within_part.reach
        and cover.covered_key = within_part.covered_key

),

-- what a covering period tells beyond the periods that lie in it
remainder as (

    select
        definition.guard_group,
        period.year,
        whole.measure_key,
        whole.period_key,
        inside.set_key,
        inside.reach,
        whole.place_key,
        any_value(whole.value) - sum(inner_period.value) as value,
    from core.measure_in_period as whole
    inner join raw.measure as definition
        on whole.measure_key = definition.measure_key
    inner join raw.period as period
        on whole.period_key = period.period_key
    inner join inside
        on whole.period_key = inside.whole_key
    inner join core.measure_in_period as inner_period
        on inside.inner_key = inner_period.period_key
        and whole.measure_key = inner_period.measure_key
        and whole.place_key = inner_period.place_key
    where
        definition.guard_group is not null
        and definition.is_sensitive
        and definition.kind = 'count'
        and definition.over_time = 'sum'
    group by
        definition.guard_group,
        period.year,
        whole.measure_key,
        whole.period_key,
        inside.set_key,
        inside.reach,
        whole.place_key

),

-- what a total tells of a part that was left blank
unnamed as (

    select
        definition.guard_group,
        period.year,
        bool_or(
            is_small(total.value_in_period - part.value_in_period)
            or is_small(total.value_to_date - part.value_to_date)
        ) as is_small,
    from core.measure_to_date as total
    inner join raw.measure as definition
        on total.measure_key = definition.measure_key
    inner join raw.period as period
        on total.period_key = period.period_key
    inner join (
        select
            measure_part.measure_key,
            value.place_key,
            value.period_key,
            coalesce(sum(value.value_in_period), 0) as value_in_period,
            coalesce(sum(value.value_to_date), 0) as value_to_date,
        from raw.measure_part as measure_part
        inner join core.measure_to_date as value
            on measure_part.part_key = value.measure_key
        inner join raw.measure as part_definition
            on measure_part.part_key = part_definition.measure_key
        where part_definition.guard_group is not null
        group by
            measure_part.measure_key,
            value.place_key,
            value.period_key
        having
            bool_or(
                part_definition.is_sensitive
                and part_definition.kind = 'count'
                and not value.is_known
            )
    ) as part
        on total.measure_key = part.measure_key
        and total.place_key = part.place_key
        and total.period_key = part.period_key
    group by definition.guard_group, period.year

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
        bool_or(is_small) as is_small,
        bool_or(is_partial) as is_partial,
    from (
        select
            guard_group,
            year,
            bool_or(is_counted and is_small_total) as is_small,
            -- in some period without a place that another one has
            bool_or(is_partial)
            or len(list_distinct(flatten(list(places))))
            > min(len(places)) as is_partial,
        from (
            select
                guard_group,
                year,
                measure_key,
                any_value(is_counted) as is_counted,
                is_small(sum(value_in_period)) or is_small(sum(value_to_date))
                or is_small(sum(value_to_date) filter (where is_known))
                    as is_small_total,
                bool_or(is_known) and not bool_and(is_known) as is_partial,
                list(place_key) as places,
            from figure
            group by guard_group, year, measure_key, period_key
            having count(value_to_date) > 0
        )
        group by guard_group, year, measure_key
    )
    group by guard_group, year

),

-- a share tells how many places are above or below a number, and with the
-- total then what some of them are
by_share as (

    select distinct measure.guard_group,
    from raw.indicator_part as part
    inner join raw.measure as measure
        on part.measure_key = measure.measure_key
    inner join raw.indicator as indicator
        on part.indicator_key = indicator.indicator_key
    where
        measure.is_sensitive
        and measure.kind = 'count'
        and indicator.value_kind in ('share_of_areas', 'share_of_units')

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
        group by
            guard_group, year, measure_key, period_key, set_key, reach
    )
    group by guard_group, year

),

judged as (

    select
        place.guard_group,
        place.year,
        place.is_small
        or coalesce(left_over.is_small_at_place, false)
        or coalesce(unnamed.is_small, false) as is_area_small,
        coalesce(told.is_small_difference, false) as is_small_difference,
        coalesce(told.was_area_withheld, false) as was_area_withheld,
        coalesce(told.was_whole_withheld, false) as was_whole_withheld,
        coalesce(whole.is_small, false)
        or coalesce(left_over.is_small_total, false)
        or (
            is_area_small
            and (
                coalesce(whole.is_partial, false)
                or place.is_no_sum
                or by_share.guard_group is not null
                -- with what the areas had been, the new total would tell
                -- what one of them is now
                or coalesce(told.was_area_shown, false)
                and coalesce(told.is_whole_changed, false)
            )
        ) as is_whole_small,
    from place
    left join whole
        on place.guard_group = whole.guard_group
        and place.year = whole.year
    left join unnamed
        on place.guard_group = unnamed.guard_group
        and place.year = unnamed.year
    left join by_share
        on place.guard_group = by_share.guard_group
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
