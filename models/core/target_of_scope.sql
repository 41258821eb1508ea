-- One row per indicator and scope (core.indicator_scope) in which a target may
-- apply to it: which number of the target (core.target_in_period) applies
-- there, that of an area, of a group of areas, or the one of the whole.
with

scope as (

    select distinct
        indicator_key,
        scope,
        scope_no,
    from core.indicator_scope

    union all

    -- what is based on other indicators
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
    inner join raw.reporting_area as area using (plan_key)
    where indicator.value_kind in ('change', 'all_of_indicators')

)

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
inner join raw.indicator as indicator using (indicator_key)
left join raw.target_group as member
    on scope.indicator_key = member.indicator_key
    and if(scope.scope = 'place', scope.scope_no, null) = member.area_id
where scope.scope <> 'place' or indicator.scope <> 'whole'
