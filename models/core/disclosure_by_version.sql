-- One row per guarded group of measures and year of which versions have been
-- published: what the figures of now would tell beside the published ones. A
-- figure that differs by a small count from what any version said of it
-- reveals that count, and so does what is left up to a bound; what was withheld
-- once stays withheld, since the figure shown later, less the change of the
-- total, would reveal it.
with

place as (

    select
        figure.measure_key,
        figure.place_key,
        figure.period_key,
        figure.value_to_date,
        figure.value_in_period,
    from core.measure_to_date as figure
    inner join core.guarded_measure as measure using (measure_key)
    where
        measure.guard_group in (
            select published.guard_group
            from core.published_measure as published
        )

),

scope as (

    select
        measure_key,
        place_key as scope_key,
        period_key,
        value_to_date,
        value_in_period,
    from place
    where place_key > 0
    union all
    select
        whole.measure_key,
        0 as scope_key,
        whole.period_key,
        whole.value_to_date,
        whole.value_in_period,
    from core.measure_over_places as whole
    semi join place using (measure_key)

),

difference as (

    select
        measure.guard_group,
        period.year,
        published.scope_key,
        measure.is_sensitive_count,
        if(
            published.reach = 'to_date',
            scope.value_to_date,
            scope.value_in_period
        ) - published.value as value,
    from core.published_figure as published
    inner join scope using (measure_key, scope_key, period_key)
    inner join core.guarded_measure as measure using (measure_key)
    inner join raw.period as period using (period_key)
    where measure.over_areas = 'sum' or published.scope_key > 0

),

-- what is left up to a bound, in versions and as it is now
remainder_published as (

    select
        pair.guard_group,
        pair.measure_key,
        bounded.scope_key,
        bounded.period_key,
        bound.value - bounded.value as value,
    from core.bounded_pair as pair
    inner join core.published_measure as bounded using (measure_key)
    inner join core.published_measure as bound
        on pair.at_most_key = bound.measure_key
        and bounded.publication_no = bound.publication_no
        and bounded.audience = bound.audience
        and bounded.scope_key = bound.scope_key
        and bounded.period_key = bound.period_key
    where bounded.audience = 'city'

),

remainder as (

    select
        pair.guard_group,
        pair.measure_key,
        bounded.scope_key,
        bounded.period_key,
        bound.value_to_date - bounded.value_to_date as value,
    from core.bounded_pair as pair
    inner join scope as bounded using (measure_key)
    inner join scope as bound
        on pair.at_most_key = bound.measure_key
        and bounded.scope_key = bound.scope_key
        and bounded.period_key = bound.period_key

),

changed as (

    select
        guard_group,
        year,
        bool_or(is_sensitive_count and is_small(abs(value)))
            as is_small_difference,
        bool_or(is_sensitive_count and scope_key = 0 and value <> 0)
            as is_whole_changed,
    from (
        from difference
        union all by name
        select
            now.guard_group,
            period.year,
            now.scope_key,
            true as is_sensitive_count,
            now.value - published.value as value,
        from remainder as now
        inner join remainder_published as published using (measure_key, scope_key, period_key)
        inner join raw.period as period using (period_key)
    )
    group by guard_group, year

),

shown as (

    select
        guard_group,
        year,
        bool_or(scope_key > 0 and is_withheld) as was_area_withheld,
        bool_or(scope_key = 0 and is_withheld) as was_whole_withheld,
        bool_or(scope_key > 0 and not is_withheld and value is not null)
            as was_area_shown,
    from core.published_measure
    where audience = 'shared'
    group by guard_group, year

)

select
    shown.guard_group,
    shown.year,
    shown.was_area_withheld,
    shown.was_whole_withheld,
    shown.was_area_shown,
    coalesce(changed.is_small_difference, false) as is_small_difference,
    coalesce(changed.is_whole_changed, false) as is_whole_changed,
from shown
left join changed using (guard_group, year)
