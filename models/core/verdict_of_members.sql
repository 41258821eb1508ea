-- One row per indicator whose whole holds when each of its places or groups
-- does, and period: what follows from those. could_be: with the figures of
-- silent places as great as can be. is_due: every group is.
with

member as (

    select
        verdict.indicator_key,
        verdict.period_key,
        indicator.comparator,
        indicator.pace,
        indicator.scope as how,
        verdict.status_among,
        verdict.could_be_among,
        verdict.is_due,
        verdict.has_target,
    from core.scope_verdict as verdict
    inner join raw.indicator as indicator
        on verdict.indicator_key = indicator.indicator_key
    where
        indicator.value_kind <> 'change'
        and case indicator.scope
            when 'groups' then verdict.scope = 'group'
            when 'each' then verdict.scope = 'place'
            when 'table' then verdict.scope = 'place'
            else false
        end

)

select
    indicator_key,
    period_key,
    coalesce(bool_and(is_due) filter (where has_target), false)
    and any_value(how) = 'groups' as is_due,
    together(
        list(status_among) filter (where status_among is not null),
        any_value(comparator),
        any_value(pace)
    ) as status_together,
    together(
        list(could_be_among) filter (where could_be_among is not null),
        any_value(comparator),
        any_value(pace)
    ) as could_be_together,
from member
group by indicator_key, period_key
