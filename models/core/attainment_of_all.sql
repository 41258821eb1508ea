-- One row per indicator that asks for several others together, period, and the
-- whole (place_key 0) or a reporting area in which any of them applies: the
-- share of those that hold. What is unknown does not hold yet; a member of which
-- nothing arose is passed over, as one is that has no verdict, and what may come to
-- have one is to come. The coverage is of the members' places.
-- None without raw.indicator_component.
with

member as (

    select
        component.indicator_key,
        other.* exclude (indicator_key),
        coalesce(component_of.of_key, component.component_key) as measured_key,
        other.status = 'not_arising' as is_nothing,
        is_unasked(other.status) or is_nothing as is_passed_over,
        is_passed_over
        and other.is_asked
        and if(is_nothing, other.is_provisional, other.may_change or other.is_in_doubt)
            as is_to_come,
    from raw.indicator_component as component
    inner join core.attainment_of_value as other
        on component.component_key = other.indicator_key
    inner join raw.indicator as component_of
        on component.component_key = component_of.indicator_key
    where
        not is_unasked(other.status)
        or (other.is_asked and (other.may_change or other.is_in_doubt))

),

held as (

    select
        indicator_key,
        place_key,
        period_key,
        count(*) filter (where not is_passed_over) as members,
        count(*) filter (where is_nothing) as members_of_nothing,
        bool_or(is_nothing and is_provisional) as may_arise,
        count(*) filter (where is_to_come) as to_come,
        count(attained) as known,
        count(*) filter (where attained is not null and not is_provisional)
            as known_for_good,
        count(*) filter (where attained) as holding,
        count(*) filter (where attained and not is_provisional)
            as holding_least,
        count(*) filter (
            where
            attained
            or is_to_come
            or (
                not is_passed_over
                and (
                    is_provisional
                    or (
                        attained is null
                        and (may_change or is_in_doubt or not is_closed)
                    )
                )
            )
        ) as holding_most,
        bool_or(is_said and has_guarded_doubt) as has_guarded_doubt,
        count(*) filter (where status = 'met_late') as late,
        count(*) filter (where status = 'met_late' and not is_provisional)
            as late_least,
    from member
    group by indicator_key, place_key, period_key
    having members + members_of_nothing > 0

),

-- each place once, whichever of the members it reports for
place as (

    select
        member.indicator_key,
        member.place_key,
        member.period_key,
        place.place_key as of_place_key,
        bool_or(place.is_there) as is_there,
        bool_and(place.is_reported) as is_reported,
        bool_or(not place.is_taken) as is_left_out,
        bool_or(place.is_carried and member.areas_carried > 0) as is_carried,
        len(list_distinct(flatten(list(missing.missing_keys)))) as missing,
    from member
    inner join core.place_taken as place
        on member.measured_key = place.indicator_key
        and member.period_key = place.period_key
        and (
            member.place_key = place.place_key
            or (member.place_key = 0 and (place.is_there or place.is_taken))
        )
    left join core.indicator_missing as missing
        on place.indicator_key = missing.indicator_key
        and place.slot_no = missing.slot_no
        and place.place_key = missing.place_key
        and place.period_key = missing.period_key
    where not is_unasked(member.status)
    group by member.indicator_key, member.place_key, member.period_key, of_place_key

),

coverage as (

    select
        indicator_key,
        place_key,
        period_key,
        count(*) filter (where is_there) as areas_expected,
        count(*) filter (where is_there and is_reported) as areas_reported,
        count(*) filter (
            where is_there and is_carried and not is_reported and not is_left_out
        ) as areas_carried,
        count(*) filter (where is_there and is_left_out) as areas_left_out,
        sum(missing) as periods_missing_before,
    from place
    group by indicator_key, place_key, period_key

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
        held.members::hugeint as divisor,
        held.known > 0 as has_value,
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
        case
            when has_value then coalesce(status_judged, 'no_target')
            when members = 0 then 'not_arising'
            else 'not_reported'
        end as status_then,
        has_value or status_then = 'not_arising' as is_said,
        attained_by(status_then) as attained,
        comparator in ('=', 'between')
        and coalesce(not attained, members > 0)
        and is_within_reach as may_be_reached,
        -- each of them may come to have none
        known_for_good = 0 and has_value as may_vanish,
        is_said
        and (
            not is_closed
            or may_vanish
            or (not has_value and may_arise)
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
            and if(
                status_then = 'not_arising',
                not may_differ,
                attained_by(status_least) = coalesce(attained, false)
                and attained_by(status_most) = coalesce(attained, false)
                and not may_be_reached
                and known_for_good > 0
            ),
            false
        ) as is_due_settled,
    from asked

)

select
    later.* exclude (
        holding, holding_least, holding_most, late, late_least, status_then,
        may_be_reached, may_vanish, may_differ, is_due_settled, to_come,
        members_of_nothing, may_arise, known, known_for_good, divisor_most, members
    ),
    coverage.* exclude (indicator_key, place_key, period_key),
    if(later.has_value, later.holding, null) as numerator,
    if(later.has_value, later.members, null) as denominator,
    met_late_if(
        due.has_target
        and due.status_then <> 'not_arising'
        and not coalesce(due.attained, false),
        later.status_then
    ) as status,
    coalesce(
        later.may_differ or (later.attained and not due.is_due_settled), false
    ) as is_provisional,
    coalesce(later.is_due, false) as is_due_here,
from judged as later
left join coverage using (indicator_key, place_key, period_key)
left join judged as due
    on later.indicator_key = due.indicator_key
    and later.place_key = due.place_key
    and if(later.is_after_due, later.due_key, null) = due.period_key
