-- View: one row per indicator with a value of measures or a change, period, and the
-- whole (place_key 0) or a reporting area in which it applies: its status, and
-- whether that is provisional: the period is not closed, or what is owed, or a
-- doubt that is not settled, could still change it. Of a value without a verdict,
-- and of how many of several hold, what is said is the value. is_said: a value, or
-- that nothing arose. is_asked: there is a target, be it of its members.
select
    verdict.*,
    verdict.scope_no as place_key,
    -- each has a number of its own, and the whole none
    members.indicator_key is not null as is_of_members,
    case
        when not verdict.has_value then verdict.status_without_value
        when is_of_members then coalesce(members.status_together, 'no_target')
        else coalesce(verdict.status_judged, 'no_target')
    end as status,
    attained_by(status) as attained,
    coalesce(verdict.has_target or members.is_asked, false) as is_asked,
    verdict.has_value or status = 'not_arising' as is_said,
    is_said
    and (
        not verdict.is_closed
        -- by a deadline of an earlier period that ends after this one's
        or (coalesce(verdict.is_due, false) and not verdict.is_judged)
        or verdict.is_in_doubt
        or coalesce(verdict.has_doubt, false)
        or verdict.may_vanish
        -- whether it was in time
        or (
            attained
            and not if(
                is_of_members, members.is_due_settled, verdict.is_due_settled
            )
        )
        or (
            (
                attained is null
                or indicator.value_kind in ('share_of_areas', 'share_of_units', 'all_of')
            )
            and coalesce(verdict.may_move, verdict.may_change)
        )
        or (
            attained is not null
            and verdict.may_change
            and if(
                is_of_members,
                members.may_vanish
                or members.worst_together is distinct from status
                or members.best_together is distinct from status,
                not verdict.is_settled
            )
        )
    ) as is_provisional,
    coalesce(verdict.is_due, members.is_due, false) as is_due_here,
from core.scope_verdict as verdict
inner join raw.indicator as indicator using (indicator_key)
left join core.verdict_of_members as members
    on if(
        verdict.scope = 'whole'
        and (indicator.scope <> 'table' or not verdict.has_target),
        verdict.indicator_key,
        null
    ) = members.indicator_key
    and verdict.period_key = members.period_key
where
    verdict.scope = 'whole'
    or (verdict.scope = 'place' and verdict.scope_no > 0)
