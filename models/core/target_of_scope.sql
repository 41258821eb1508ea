-- One row per indicator, scope (core.indicator_scope) and period in which a
-- target applies to it, in whole units of 1/10000: bound, and bound_to of a
-- range; pace_units / shares is what must be
-- reached by then, null without a pace.
with

scope as (

    select distinct
        indicator_key,
        scope,
        scope_no,
    from core.indicator_scope

    union all

    -- what stands on other indicators
    select
        indicator_key,
        'whole' as scope,
        0 as scope_no,
    from raw.indicator
    where value_kind in ('change', 'all_of_indicators')

    union all

    select distinct
        indicator.indicator_key,
        'place' as scope,
        area.area_id as scope_no,
    from raw.indicator as indicator
    inner join raw.reporting_area as area
        on indicator.plan_key = area.plan_key
    where indicator.value_kind in ('change', 'all_of_indicators')

),

-- which number of the target applies there
asked as (

    select
        scope.*,
        case
            when scope.scope = 'group' then scope.scope_no
            when scope.scope = 'place' and indicator.scope = 'groups'
                then coalesce(member.group_no, -1)
        end as group_no,
        if(
            scope.scope = 'place'
            and indicator.scope = 'table'
            and scope.scope_no > 0,
            scope.scope_no,
            null
        ) as area_id,
    from scope
    inner join raw.indicator as indicator
        on scope.indicator_key = indicator.indicator_key
    left join raw.target_group as member
        on scope.indicator_key = member.indicator_key
        and if(scope.scope = 'place', scope.scope_no, null) = member.area_id
    where scope.scope <> 'place' or indicator.scope <> 'whole'

)

select
    asked.indicator_key,
    asked.scope,
    asked.scope_no,
    target.period_key,
    target.target_value,
    target.target_to,
    target.is_due,
    target.is_judged,
    target.is_of_span,
    in_units(target.target_value) as bound,
    in_units(target.target_to) as bound_to,
    if(
        target.is_linear,
        in_units(target.way_from)
        * (target.shares - target.share)
        + bound * target.share,
        null
    ) as pace_units,
    target.shares::hugeint as shares,
from asked
inner join core.target_in_period as target
    on asked.indicator_key = target.indicator_key
    and asked.area_id is not distinct from target.area_id
    and asked.group_no is not distinct from target.group_no
