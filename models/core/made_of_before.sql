-- One row per indicator (a count or a ratio) or measure, area and period in
-- which the area is none of its places, and is exactly made of areas that are
-- (core.exact_succession, at once): the sum of their figures to date, as
-- dividend / divisor. Of flows and stocks that nobody guards, and of which
-- each of those areas knows something; means and extremes have no sum.
-- may_change: what one of them owes may make it another; has_doubt: so may a doubt.
with

part_of as (

    select
        plan_key,
        successor_id as place_key,
        area_id,
        count(*) over (partition by plan_key, successor_id) as parts,
    from core.exact_succession
    where steps = 1

),

summable as (

    select
        plan_key,
        measure_key,
    from raw.measure
    where
        guard_group is null
        and kind <> 'level'
        and over_time in ('sum', 'last')

),

indicator as (

    select
        plan_key,
        indicator_key,
        value_kind,
    from raw.indicator
    anti join (
        from raw.indicator_part
        anti join summable using (measure_key)
    ) as other using (indicator_key)
    where value_kind in ('count', 'ratio')

),

figure as (

    select
        'indicator' as section,
        indicator.plan_key,
        indicator.indicator_key as item_key,
        fraction.scope_no as place_key,
        fraction.period_key,
        fraction.dividend,
        fraction.divisor,
        -- what is divided by is the same for every count
        indicator.value_kind = 'ratio' as is_divided,
        fraction.may_change,
        fraction.has_doubt,
    from indicator
    inner join core.measured_fraction as fraction using (indicator_key)
    where
        fraction.scope = 'place'
        and fraction.dividend is not null
        and fraction.divisor is not null
        and not fraction.is_in_doubt
    union all by name
    select
        'measure' as section,
        summable.plan_key,
        figure.measure_key as item_key,
        figure.place_key,
        figure.period_key,
        in_unit(figure.value_to_date, 1) as dividend,
        10000 as divisor,
        figure.is_open as may_change,
    from core.measure_to_date as figure
    inner join summable using (measure_key)
    where figure.value_to_date is not null

)

select
    figure.section,
    figure.item_key,
    part_of.place_key,
    figure.period_key,
    sum(figure.dividend)::hugeint as dividend,
    if(
        any_value(figure.is_divided), sum(figure.divisor), any_value(figure.divisor)
    )::hugeint as divisor,
    bool_or(figure.may_change) as may_change,
    bool_or(figure.has_doubt) as has_doubt,
from part_of
inner join figure
    on part_of.plan_key = figure.plan_key
    and part_of.area_id = figure.place_key
anti join (
    select
        'indicator' as section,
        own.indicator_key as item_key,
        own.scope_no as place_key,
        own.period_key,
    from core.measured_fraction as own
    where own.scope = 'place'
    union all
    select
        'measure' as section,
        own.measure_key as item_key,
        own.place_key,
        own.period_key,
    from core.measure_to_date as own
) as own
    on figure.section = own.section
    and figure.item_key = own.item_key
    and part_of.place_key = own.place_key
    and figure.period_key = own.period_key
group by figure.section, figure.item_key, part_of.place_key, figure.period_key
having
    count(*) = any_value(part_of.parts)
    -- nothing of nothing is no value
    and sum(figure.divisor) > 0
