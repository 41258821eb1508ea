-- One row per indicator with a value of measures or a change, scope and period
-- in which it applies there: its value as a fraction, the target there, and
-- what follows (status_judged, null without value or target). is_settled:
-- nothing that is owed gives another status. is_due_settled: nor makes it late
-- or in time, where it was due in an earlier period.
-- Decided on whole numbers; nothing is rounded before it is compared.
with

fraction as (

    from core.measured_fraction
    union all by name
    -- the rest is of a change alone
    select * exclude (apart, now_dividend, now_divisor, earlier_dividend, earlier_divisor)
    from core.change_fraction

),

judged as (

    select
        fraction.*,
        indicator.comparator,
        -- a count of each year begins anew before a later year's target is due
        indicator.is_count_flow and coalesce(target.is_of_span, false)
            as only_grows,
        target.* exclude (
            indicator_key, area_id, group_no, period_key, is_of_span, share
        ) replace (target.shares::hugeint as shares),
        target.bound is not null as has_target,
        state.is_closed,
        case when has_value then verdict(
            fraction.dividend, fraction.divisor, comparator, bound, bound_to,
            target.is_judged, only_grows, pace_units, target.shares
        ) end as status_judged,
        case when fraction.least is not null then verdict(
            fraction.least[1], fraction.least[2], comparator, bound, bound_to,
            target.is_judged, only_grows, pace_units, target.shares
        ) end as status_least,
        case when fraction.most is not null then verdict(
            fraction.most[1], fraction.most[2], comparator, bound, bound_to,
            target.is_judged, only_grows, pace_units, target.shares
        ) end as status_most,
        -- what is asked for lies between both, or at one of them
        coalesce(
            fraction.least[1] * 10000
            <= coalesce(bound_to, bound) * fraction.least[2]
            and fraction.most[1] * 10000 >= bound * fraction.most[2],
            false
        ) as is_within_reach,
    from fraction
    inner join raw.indicator as indicator using (indicator_key)
    inner join core.period_state as state using (period_key)
    left join core.target_of_scope as of_scope
        on fraction.indicator_key = of_scope.indicator_key
        and fraction.scope = of_scope.scope
        and fraction.scope_no = of_scope.scope_no
    left join core.target_in_period as target
        on of_scope.indicator_key = target.indicator_key
        and of_scope.area_id is not distinct from target.area_id
        and of_scope.group_no is not distinct from target.group_no
        and fraction.period_key = target.period_key

),

-- few or none
due as (

    from judged
    where period_key in (
        select due_key
        from core.target_in_period
        where is_after_due
    )

),

-- what was lacking when it was due
in_time as (

    select
        later.* exclude (status_judged, status_least, status_most),
        coalesce(
            due.has_target
            and coalesce(due.status_judged, due.status_without_value) not in (
                'met', 'within', 'not_arising', 'not_applicable'
            ),
            false
        ) as is_late,
        due.indicator_key is null
        or (
            due.is_judged
            and not due.is_in_doubt
            and due.has_doubt is distinct from true
            and not due.may_vanish
            and (
                not due.may_change
                or coalesce(
                    due.status_least = due.status_most
                    and (due.status_least = 'not_met') = is_late
                    and not (
                        is_late
                        and due.is_within_reach
                        and due.comparator in ('=', 'between')
                    ),
                    false
                )
            )
        ) as is_due_settled,
        met_late_if(is_late, later.status_judged) as status_judged,
        met_late_if(is_late, later.status_least) as status_least,
        met_late_if(is_late, later.status_most) as status_most,
    from judged as later
    left join due
        on later.indicator_key = due.indicator_key
        and later.scope = due.scope
        and later.scope_no = due.scope_no
        and if(later.is_after_due, later.due_key, null) = due.period_key

)

select
    * exclude (least, most, only_grows, due_key, is_after_due),
    not may_change
    or coalesce(
        status_least = status_judged
        and status_most = status_judged
        and (
            comparator not in ('=', 'between')
            or attained_by(status_judged)
            or not is_within_reach
        ),
        false
    ) as is_settled,
    may_change and most[1] * 10000 < bound * most[2] as is_short_at_most,
    may_change and least[1] = 0 as may_be_nothing,
from in_time
