-- One row per indicator, period and area (area_id null: the plan's whole
-- area), with value, pace and status. Decided on whole numbers; nothing is
-- rounded before it is compared.
with

-- what makes up the value, with the target and the place in the year
part as (

    select
        part.*,
        indicator.plan_key,
        indicator.value_kind,
        indicator.comparator,
        indicator.pace,
        indicator.factor::hugeint as factor,
        standing.position,
        standing.positions,
        (part.target_value * 10000)::bigint as target_units,
        -- 4 decimals where the target has more than 2
        if(round(part.target_value, 2) = part.target_value, 100, 10000)
            as shown_units,
        10000 // shown_units as shown_step,
    from core.attainment_parts as part
    inner join raw.indicator as indicator
        on part.indicator_key = indicator.indicator_key
    inner join core.period_standing as standing
        on part.period_key = standing.period_key

),

-- value and target as whole numbers that can be compared without dividing
as_fraction as (

    select
        *,
        numerator * factor * denominator_places as dividend,
        if(value_kind = 'count', exact(1), denominator) * numerator_places
            as divisor,
        numerator_in_period * factor * denominator_places_in_period
            as dividend_in_period,
        if(value_kind = 'count', exact(1), denominator_in_period)
        * numerator_places_in_period as divisor_in_period,
        target_units::hugeint as bound,
        case
            when not coalesce(is_applicable, false) then 'not_applicable'
            when areas_reported = 0 then 'not_reported'
            when divisor = 0 then 'not_arising'
            when target_value is null then 'not_applicable'
        end as status_without_target,
    from part

),

-- decided on them
judged as (

    select
        *,
        status_without_target is null as is_judged,
        is_judged and fulfils(dividend * 10000, comparator, bound * divisor)
            as is_fulfilled,
        is_judged and pace = 'linear' and position < positions
        and fulfils(
            dividend * 10000 * positions,
            comparator,
            bound * position * divisor
        ) as is_on_pace,
        -- a count shows what stands though nothing was reported now
        (areas_reported > 0 or value_kind = 'count')
        and dividend is not null
        and divisor > 0 as has_value,
        is_judged and divisor_in_period > 0
        and fulfils(
            dividend_in_period * 10000, comparator, bound * divisor_in_period
        ) as is_fulfilled_in_period,
    from as_fraction

),

-- divided only now, for showing
rounded as (

    select
        *,
        if(
            has_value,
            rounded_quotient(dividend * 1000000, divisor),
            null
        ) as millionths,
        if(
            has_value,
            rounded_quotient(dividend * shown_units, divisor),
            null
        ) as shown,
        if(
            areas_reported > 0 and divisor_in_period > 0,
            rounded_quotient(dividend_in_period * 1000000, divisor_in_period),
            null
        ) as millionths_in_period,
    from judged

)

select
    rounded.indicator_key,
    rounded.period_key,
    rounded.plan_key,
    rounded.area_id,
    coalesce(areas_expected, 0) as areas_expected,
    coalesce(areas_reported, 0) as areas_reported,
    coalesce(periods_missing, 0) as periods_missing,
    basis,
    if(
        areas_reported > 0 or value_kind = 'count',
        figure(shared_out(numerator, numerator_places)),
        null
    ) as numerator,
    if(
        areas_reported > 0,
        figure(shared_out(denominator, denominator_places)),
        null
    ) as denominator,
    if(
        areas_reported > 0,
        figure(shared_out(numerator_in_period, numerator_places_in_period)),
        null
    ) as numerator_in_period,
    if(
        areas_reported > 0,
        figure(
            shared_out(denominator_in_period, denominator_places_in_period)
        ),
        null
    ) as denominator_in_period,
    if(
        is_judged,
        kept_on_side(
            millionths, 1, comparator, target_units * 100, is_fulfilled
        ),
        millionths
    ) * 0.000001 as value,
    -- across the pace is as misleading as across the target
    if(
        is_judged,
        kept_on_side(
            if(
                is_fulfilled or pace.pace_value is null
                or position = positions,
                shown,
                kept_on_side(
                    shown,
                    shown_step * positions,
                    comparator,
                    target_units * position,
                    is_on_pace
                )
            ),
            shown_step,
            comparator,
            target_units,
            is_fulfilled
        ),
        shown
    ) * shown_step * 0.0001 as value_shown,
    -- shown beside the same target, though not judged by it
    if(
        is_judged,
        kept_on_side(
            millionths_in_period,
            1,
            comparator,
            target_units * 100,
            is_fulfilled_in_period
        ),
        millionths_in_period
    ) * 0.000001 as value_in_period,
    target_value,
    if(
        status_without_target is distinct from 'not_applicable',
        pace.pace_value,
        null
    ) as pace_value,
    case
        when not is_judged then status_without_target
        when is_fulfilled then 'met'
        when is_on_pace then 'on_track'
        when pace = 'linear' and position < positions then 'behind'
        else 'not_met'
    end as status,
    case
        when is_judged then is_fulfilled
    end as attained,
from rounded
left join core.pace as pace
    on rounded.indicator_key = pace.indicator_key
    and rounded.period_key = pace.period_key
