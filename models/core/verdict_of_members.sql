-- One row per indicator whose whole holds when each of its places or groups
-- does, and period: what follows from those, and at the worst and the best with
-- what is owed. is_due: each is.
-- is_asked: any of them has a target. worst and best: what a member may become;
-- held_at_best: best, were it never passed over.
with

member as (

    select
        verdict.*,
        indicator.pace,
        -- what is unknown is not held yet; 0 of 0 is passed over
        case
            when has_value then status_judged
            when not has_target or status_without_value = 'not_arising' then null
            else verdict_of_nothing(is_judged, pace_units)
        end as status_among,
        if(
            may_change,
            [
                status_among,
                status_least,
                status_most,
                -- what may be in doubt, or not said any more, may not be held
                if(may_vanish, verdict_of_nothing(is_judged, pace_units), null)
            ],
            [status_among]
        ) as worst,
        case
            when not may_change then status_among
            when verdict.comparator in ('=', 'between')
                then
                    case
                        when is_within_reach then met_late_if(is_late, 'met')
                        when is_short_at_most then status_most
                        else status_least
                    end
            when is_ceiling(verdict.comparator) then status_least
            else status_most
        end as held_at_best,
        -- what may come to be 0 of 0 is passed over
        if(
            may_vanish
            and may_be_nothing
            and attained_by(held_at_best) is distinct from true,
            null,
            held_at_best
        ) as best,
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
