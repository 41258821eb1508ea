-- One row per indicator that asks for several others together, period, and the
-- whole (place_key 0) or a reporting area in which any of them applies: the
-- share of those that hold. What is unknown does not hold yet; what has no
-- verdict, and may come to have one, is to come.
-- None without raw.indicator_component.
with

held as (

    select
        component.indicator_key,
        other.place_key,
        other.period_key,
        count(*) filter (where not is_unasked(other.status))
            as areas_expected,
        count(*) filter (where is_unasked(other.status)) as to_come,
        count(other.attained) as areas_reported,
        count(*) filter (where other.attained is not null and not other.is_provisional)
            as areas_final,
        count(*) filter (where other.attained) as holding,
        count(*) filter (where other.attained and not other.is_provisional)
            as holding_least,
        count(*) filter (
            where
            other.attained
            or (other.attained is not null and other.is_provisional)
            or (
                other.attained is null
                and (
                    other.may_change
                    or other.is_in_doubt
                    or not other.is_closed
                )
            )
        ) as holding_most,
        bool_or(other.has_value and other.has_guarded_doubt) as has_guarded_doubt,
        count(*) filter (where other.status = 'met_late') as late,
        count(*) filter (
            where other.status = 'met_late' and not other.is_provisional
        ) as late_least,
    from raw.indicator_component as component
    inner join core.attainment_of_value as other
        on component.component_key = other.indicator_key
    where
        not is_unasked(other.status)
        or (other.is_asked and (other.may_change or other.is_in_doubt))
    group by component.indicator_key, other.place_key, other.period_key
    having areas_expected > 0

),

asked as (

    select
        held.*,
        indicator.comparator,
        target.* exclude (
            indicator_key, area_id, group_no, period_key, is_of_span, share
        ) replace (target.shares::hugeint as shares),
        target.bound is not null as has_target,
        held.holding::hugeint * 100 as dividend,
        held.areas_expected::hugeint as divisor,
        held.areas_reported > 0 as has_value,
        state.is_closed,
        divisor + held.to_come as divisor_most,
        list_transform(
            [
                [held.holding, divisor],
                [held.holding - held.late, divisor],
                [held.holding_least, divisor_most],
                [held.holding_least - held.late_least, divisor_most],
                [held.holding_most, divisor_most],
                [held.holding_most - held.late_least, divisor_most]
            ],
            lambda of: verdict(
                of[1]::hugeint * 100, of[2], comparator, bound, bound_to,
                target.is_judged, false, pace_units, target.shares
            )
        ) as verdicts,
        held.holding_least * 1000000 <= coalesce(bound_to, bound) * divisor_most
        and held.holding_most * 1000000 >= bound * divisor_most
            as is_within_reach,
    from held
    inner join raw.indicator as indicator using (indicator_key)
    inner join core.period_state as state using (period_key)
    left join core.target_of_scope as of_scope
        on held.indicator_key = of_scope.indicator_key
        and if(held.place_key = 0, 'whole', 'place') = of_scope.scope
        and held.place_key = of_scope.scope_no
    left join core.target_in_period as target
        on of_scope.indicator_key = target.indicator_key
        and of_scope.area_id is not distinct from target.area_id
        and of_scope.group_no is not distinct from target.group_no
        and held.period_key = target.period_key

),

-- what holds late is not met in time
judged as (

    select
        * exclude (verdicts),
        met_late_if(verdicts[2] is distinct from 'met', verdicts[1])
            as status_judged,
        met_late_if(verdicts[4] is distinct from 'met', verdicts[3])
            as status_least,
        met_late_if(verdicts[6] is distinct from 'met', verdicts[5])
            as status_most,
        if(
            has_value,
            coalesce(status_judged, 'no_target'),
            'not_reported'
        ) as status_then,
        attained_by(status_then) as attained,
        comparator in ('=', 'between')
        and not coalesce(attained, false)
        and is_within_reach as may_be_reached,
        -- each of them may come to have none
        areas_final = 0 as may_vanish,
        has_value
        and (
            not is_closed
            or may_vanish
            or may_be_reached
            or case
                when attained is null then holding_least < holding_most or to_come > 0
                else
                    status_least is distinct from status_then
                    or status_most is distinct from status_then
            end
        ) as may_differ,
        -- where it is due now: it stays attained, or not
        coalesce(
            is_judged
            and attained_by(status_least) = coalesce(attained, false)
            and attained_by(status_most) = coalesce(attained, false)
            and not may_be_reached
            and not may_vanish,
            false
        ) as is_due_settled,
    from asked

)

select
    later.* exclude (
        holding, holding_least, holding_most, late, late_least, status_then,
        may_be_reached, may_vanish, may_differ, is_due_settled, to_come, areas_final,
        divisor_most
    ),
    if(later.has_value, later.holding, null) as numerator,
    if(later.has_value, later.areas_expected, null) as denominator,
    met_late_if(
        due.has_target and not coalesce(due.attained, false), later.status_then
    ) as status,
    coalesce(
        later.may_differ or (later.attained and not due.is_due_settled), false
    ) as is_provisional,
    coalesce(later.is_due, false) as is_due_here,
from judged as later
left join judged as due
    on later.indicator_key = due.indicator_key
    and later.place_key = due.place_key
    and if(later.is_after_due, later.due_key, null) = due.period_key
