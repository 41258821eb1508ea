-- One row per indicator with a value of measures or a change, scope and period
-- in which it applies there: its value as a fraction, the target there, and
-- what follows (status_judged, null without value or target). could_be: the
-- status with the figures of silent places as great as can be. Decided on
-- whole numbers; nothing is rounded before it is compared.
with

fraction as (

    from core.measured_fraction
    union all by name
    from core.change_fraction

),

judged as (

    select
        fraction.*,
        indicator.comparator,
        -- a count of each year begins anew before a later year's target is due
        indicator.is_count_flow and coalesce(target.is_of_span, false)
            as only_grows,
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
        state.is_closed,
        if(
            fraction.has_value,
            verdict(
                fraction.dividend, fraction.divisor, comparator, bound,
                bound_to, target.is_judged, only_grows, pace_units, target.shares
            ),
            null
        ) as status_judged,
        case
            when not fraction.is_silent then status_judged
            -- what is asked for may be reached on the way to the most
            when
                comparator in ('=', 'between')
                and fraction.has_value
                and fraction.dividend * 10000 < bound * fraction.divisor
                and (
                    fraction.has_no_bound
                    or fraction.dividend_best * 10000
                    >= bound * fraction.divisor_best
                )
                then 'met'
            when fraction.has_no_bound and fraction.divisor_best > 0
                then verdict(
                    1, 0, comparator, bound, bound_to, target.is_judged,
                    only_grows, pace_units, target.shares
                )
            when fraction.divisor_best > 0
                then verdict(
                    fraction.dividend_best, fraction.divisor_best, comparator,
                    bound, bound_to, target.is_judged, only_grows, pace_units,
                    target.shares
                )
        end as could_be,
    from fraction
    inner join raw.indicator as indicator
        on fraction.indicator_key = indicator.indicator_key
    inner join core.period_state as state
        on fraction.period_key = state.period_key
    left join core.target_of_scope as of_scope
        on fraction.indicator_key = of_scope.indicator_key
        and fraction.scope = of_scope.scope
        and fraction.scope_no = of_scope.scope_no
    left join core.target_in_period as target
        on of_scope.indicator_key = target.indicator_key
        and of_scope.area_id is not distinct from target.area_id
        and of_scope.group_no is not distinct from target.group_no
        and fraction.period_key = target.period_key

)

select
    * exclude (
        numerator_best,
        denominator_best,
        numerator_places_best,
        denominator_places_best,
        dividend_best,
        divisor_best
    ),
    -- among several that must all hold, what is unknown is not held yet; 0 of 0
    -- is passed over
    case
        when has_value then status_judged
        when not has_target or status_without_value = 'not_arising' then null
        when is_judged then 'not_met'
        when pace_units is null then 'not_yet'
        else 'behind'
    end as status_among,
    case
        when not is_silent then status_among
        when numerator_best = 0 and divisor_best = 0 and not has_no_bound then null
        when not has_target then null
        when could_be is not null then could_be
        when is_judged then 'not_met'
        when pace_units is null then 'not_yet'
        else 'behind'
    end as could_be_among,
from judged
