-- One row per indicator that asks for several others together, period, and the
-- whole (place_key 0) or a reporting area in which any of them applies: the
-- share of those that hold. What is unknown does not hold yet.
with

held as (

    select
        component.indicator_key,
        other.place_key,
        other.period_key,
        count(*) as areas_expected,
        count(other.attained) as areas_reported,
        count(*) filter (where other.attained) as holding,
        count(*) filter (where other.attained and not other.is_provisional)
            as holding_least,
        count(*) filter (
            where
            other.attained
            or other.is_provisional
            or (
                other.attained is null
                and (
                    other.may_change
                    or other.is_in_doubt
                    or not other.is_closed
                )
            )
        ) as holding_most,
    from raw.indicator_component as component
    inner join core.attainment_of_value as other
        on component.component_key = other.indicator_key
    where other.status <> 'not_applicable'
    group by component.indicator_key, other.place_key, other.period_key

),

asked as (

    select
        held.*,
        indicator.comparator,
        target.target_value,
        target.target_to,
        target.is_due,
        target.is_judged,
        target.bound,
        target.bound_to,
        target.pace_units,
        target.shares::hugeint as shares,
        target.step,
        target.pace_value,
        target.pace_shown,
        target.bound is not null as has_target,
        held.holding::hugeint * 100 as dividend,
        held.areas_expected::hugeint as divisor,
        held.areas_reported > 0 as has_value,
        state.is_closed,
        if(
            has_value,
            verdict(
                dividend, divisor, comparator, bound, bound_to,
                target.is_judged, false, pace_units, target.shares
            ),
            null
        ) as status_judged,
        verdict(
            held.holding_least::hugeint * 100, divisor, comparator, bound,
            bound_to, target.is_judged, false, pace_units, target.shares
        ) as status_least,
        verdict(
            held.holding_most::hugeint * 100, divisor, comparator, bound,
            bound_to, target.is_judged, false, pace_units, target.shares
        ) as status_most,
        held.holding_least * 1000000 <= coalesce(bound_to, bound) * divisor
        and held.holding_most * 1000000 >= bound * divisor
            as is_within_reach,
    from held
    inner join raw.indicator as indicator
        on held.indicator_key = indicator.indicator_key
    inner join core.period_state as state
        on held.period_key = state.period_key
    left join core.target_of_scope as of_scope
        on held.indicator_key = of_scope.indicator_key
        and if(held.place_key = 0, 'whole', 'place') = of_scope.scope
        and held.place_key = of_scope.scope_no
    left join core.target_in_period as target
        on of_scope.indicator_key = target.indicator_key
        and of_scope.area_id is not distinct from target.area_id
        and of_scope.group_no is not distinct from target.group_no
        and held.period_key = target.period_key

)

select
    * exclude (holding, holding_least, holding_most),
    if(has_value, holding, null) as numerator,
    if(has_value, areas_expected, null) as denominator,
    if(has_value, coalesce(status_judged, 'not_applicable'), 'not_reported')
        as status,
    attained_by(status) as attained,
    attained is not null
    and (
        not is_closed
        or status_least is distinct from status
        or status_most is distinct from status
        or (
            comparator in ('=', 'between')
            and status <> 'met'
            and is_within_reach
        )
    ) as is_provisional,
    coalesce(is_due, false) as is_due_here,
from asked
