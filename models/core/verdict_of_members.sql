-- One row per indicator whose whole holds when each of its places or groups
-- does, and period: what follows from those, and at the worst and the best with
-- what is owed. is_due: each is.
-- is_asked: any of them has a target.
with

member as (

    select
        verdict.*,
        indicator.pace,
    from core.scope_verdict as verdict
    inner join raw.indicator as indicator using (indicator_key)
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
    coalesce(bool_and(is_due) filter (where has_target), false) as is_due,
    together(
        list(status_among) filter (where status_among is not null),
        any_value(comparator),
        any_value(pace)
    ) as status_together,
    together(
        list_filter(flatten(list(worst)), lambda one: one is not null),
        any_value(comparator),
        any_value(pace)
    ) as worst_together,
    together(
        list(best) filter (where best is not null),
        any_value(comparator),
        any_value(pace)
    ) as best_together,
    bool_or(has_target) as is_asked,
    count(status_among) filter (where not may_vanish) = 0 as may_vanish,
    bool_and(is_due_settled) as is_due_settled,
from member
group by indicator_key, period_key
