-- One row per guarded group of measures and year of which versions have been
-- published: what the figures of now would tell beside the published ones. A
-- figure that differs by a small count from what any version said of it
-- tells that count; what was withheld once stays withheld, since the figure
-- shown later, less the change of the total, would tell it.
with

guarded as (

    select
        measure.plan_key,
        plan.plan_id,
        measure.measure_key,
        measure.measure,
        measure.guard_group,
        measure.over_time,
        measure.is_sensitive and measure.kind = 'count' as is_counted,
        measure.over_areas = 'sum' as is_sum,
    from raw.measure as measure
    inner join raw.plan as plan
        on measure.plan_key = plan.plan_key
    where measure.guard_group is not null

),

line as (

    select
        guarded.measure_key,
        guarded.guard_group,
        guarded.over_time,
        period.period_key,
        period.year,
        line.audience,
        -- 0: the plan's whole area
        coalesce(line.area_id, 0) as scope_key,
        line.value,
        line.value_in_period,
        line.previous_value,
        line.last_year_value,
        line.is_withheld,
    from staging.publication_line as line
    inner join guarded
        on line.plan_id = guarded.plan_id
        and line.code = guarded.measure
    inner join raw.period as period
        on line.plan_id = period.plan_id
        and line.period = period.period
    where line.section = 'measure'

),

published as (

    select
        measure_key,
        scope_key,
        period_key,
        'to_date' as reach,
        value,
    from line
    where audience = 'city'
    union all
    select
        measure_key,
        scope_key,
        period_key,
        'in_period' as reach,
        value_in_period as value,
    from line
    where audience = 'city'
    union all
    -- what a report tells of the period before its own
    select
        line.measure_key,
        line.scope_key,
        before.previous_key as period_key,
        'to_date' as reach,
        line.value - line.value_in_period as value,
    from line
    inner join core.period_before as before
        on line.period_key = before.period_key
    where line.audience = 'city' and line.over_time = 'sum'
    union all
    -- what it compares its figures with
    select
        line.measure_key,
        line.scope_key,
        before.previous_key as period_key,
        'to_date' as reach,
        line.previous_value as value,
    from line
    inner join core.period_before as before
        on line.period_key = before.period_key
    where line.audience = 'city' and line.previous_value is not null
    union all
    select
        line.measure_key,
        line.scope_key,
        before.last_year_key as period_key,
        'to_date' as reach,
        line.last_year_value as value,
    from line
    inner join core.period_before as before
        on line.period_key = before.period_key
    where line.audience = 'city' and line.last_year_value is not null

),

figure as (

    select
        measure.measure_key,
        measure.place_key,
        measure.period_key,
        measure.value_to_date,
        measure.value_in_period,
    from core.measure_to_date as measure
    inner join guarded
        on measure.measure_key = guarded.measure_key
    where guarded.guard_group in (select line.guard_group from line)

),

current as (

    select
        measure_key,
        place_key as scope_key,
        period_key,
        'to_date' as reach,
        value_to_date as value,
    from figure
    where place_key > 0
    union all
    select
        measure_key,
        place_key as scope_key,
        period_key,
        'in_period' as reach,
        value_in_period as value,
    from figure
    where place_key > 0
    union all
    select
        measure_key,
        0 as scope_key,
        period_key,
        'to_date' as reach,
        sum(value_to_date) as value,
    from figure
    group by measure_key, period_key
    union all
    select
        measure_key,
        0 as scope_key,
        period_key,
        'in_period' as reach,
        sum(value_in_period) as value,
    from figure
    group by measure_key, period_key

),

difference as (

    select
        guarded.guard_group,
        period.year,
        bool_or(
            guarded.is_counted
            and is_small(abs(current.value - published.value))
        ) as is_small_difference,
        bool_or(
            guarded.is_counted
            and current.scope_key = 0
            and current.value <> published.value
        ) as is_whole_changed,
    from published
    inner join current
        on published.measure_key = current.measure_key
        and published.scope_key = current.scope_key
        and published.period_key = current.period_key
        and published.reach = current.reach
    inner join guarded
        on published.measure_key = guarded.measure_key
    inner join raw.period as period
        on published.period_key = period.period_key
    where guarded.is_sum or current.scope_key > 0
    group by guarded.guard_group, period.year

),

shown as (

    select
        guard_group,
        year,
        bool_or(scope_key > 0 and is_withheld) as was_area_withheld,
        bool_or(scope_key = 0 and is_withheld) as was_whole_withheld,
        bool_or(scope_key > 0 and not is_withheld and value is not null)
            as was_area_shown,
    from line
    where audience = 'shared'
    group by guard_group, year

)

select
    shown.guard_group,
    shown.year,
    shown.was_area_withheld,
    shown.was_whole_withheld,
    shown.was_area_shown,
    coalesce(difference.is_small_difference, false) as is_small_difference,
    coalesce(difference.is_whole_changed, false) as is_whole_changed,
from shown
left join difference
    on shown.guard_group = difference.guard_group
    and shown.year = difference.year
