-- One row per indicator, period and area (area_id null: the plan's whole
-- area), with value, pace and status as they are shown. Everything was decided
-- before; here it is divided, and rounded so that nothing shown contradicts
-- it.
with

here as (

    select
        value.* exclude (basis, numerator, denominator),
        value.basis,
        if(
            indicator.value_kind = 'change',
            if(value.has_value, nearest(now_dividend * 10000, now_divisor), null)
            * 0.0001,
            figure_in(
                shared_out(value.numerator, value.numerator_places), value.unit
            )
        ) as numerator,
        if(
            indicator.value_kind = 'change',
            if(
                value.has_value,
                nearest(earlier_dividend * 10000, earlier_divisor),
                null
            ) * 0.0001,
            figure_in(
                shared_out(value.denominator, value.denominator_places),
                value.unit
            )
        ) as denominator,
        -- a change has no value of the period alone
        if(
            indicator.value_kind <> 'change' and value.divisor_in_period > 0,
            value.divisor_in_period,
            null
        ) as divisor_now,
    from core.attainment_of_value as value
    inner join raw.indicator as indicator
        on value.indicator_key = indicator.indicator_key
    where indicator.is_shown

    union all by name

    select
        * exclude (numerator, denominator),
        numerator::decimal(28, 4) as numerator,
        denominator::decimal(28, 4) as denominator,
        null::hugeint as divisor_now,
    from core.attainment_of_all

),

everywhere as (

    select
        indicator_key,
        plan_key,
        0 as place_key,
        null::integer as area_id,
        comparator,
    from raw.indicator
    where is_shown
    union all
    select distinct
        indicator.indicator_key,
        indicator.plan_key,
        area.area_id as place_key,
        area.area_id,
        indicator.comparator,
    from raw.indicator as indicator
    inner join raw.reporting_area as area
        on indicator.plan_key = area.plan_key
    where indicator.is_shown

),

-- what does not apply is beside it, instead of millions of rows joined with all
applicable as (

    select
        everywhere.plan_key,
        everywhere.area_id,
        everywhere.comparator,
        here.* exclude (comparator),
    from here
    inner join everywhere
        on here.indicator_key = everywhere.indicator_key
        and here.place_key = everywhere.place_key
    union all by name
    select
        everywhere.*,
        period.period_key,
    from everywhere
    inner join raw.period as period
        on everywhere.plan_key = period.plan_key
    anti join (
        select
            indicator_key,
            place_key,
            period_key,
        from core.attainment_of_value
        union all
        select
            indicator_key,
            place_key,
            period_key,
        from core.attainment_of_all
    ) as somewhere
        on everywhere.indicator_key = somewhere.indicator_key
        and everywhere.place_key = somewhere.place_key
        and period.period_key = somewhere.period_key

),

rounded as (

    select
        * exclude (step),
        coalesce(applicable.step, 100) as shown_step,
        10000 // shown_step as shown_units,
        if(has_value, nearest(dividend * 1000000, divisor), null) as millionths,
        if(has_value, nearest(dividend * shown_units, divisor), null) as shown,
        nearest(dividend_in_period * 1000000, divisor_now)
            as millionths_in_period,
        nearest(dividend_in_period * shown_units, divisor_now)
            as shown_in_period,
        status in ('on_track', 'behind') and pace_units is not null as is_on_the_way,
    from applicable

)

select
    indicator_key,
    period_key,
    plan_key,
    area_id,
    coalesce(areas_expected, 0)::integer as areas_expected,
    coalesce(areas_reported, 0)::integer as areas_reported,
    coalesce(areas_carried, 0)::integer as areas_carried,
    coalesce(areas_left_out, 0)::integer as areas_left_out,
    coalesce(areas_own, 0)::integer as areas_own,
    coalesce(periods_missing_before, 0)::integer as periods_missing_before,
    basis,
    numerator,
    denominator,
    figure_in(
        shared_out(numerator_in_period, numerator_places_in_period), unit
    ) as numerator_in_period,
    figure_in(
        shared_out(denominator_in_period, denominator_places_in_period), unit
    ) as denominator_in_period,
    kept_on_side(
        millionths, 1, dividend * 100, divisor, comparator, bound * 100,
        bound_to * 100
    ) * 0.000001 as value,
    -- across the pace is as misleading as across the target
    kept_on_side(
        if(
            is_on_the_way,
            kept_on_side(
                shown, shown_step * shares, dividend * shares, divisor, '>=',
                pace_units,
                null
            ),
            shown
        ),
        shown_step,
        dividend,
        divisor,
        comparator,
        bound,
        bound_to
    ) * shown_step * 0.0001 as value_shown,
    kept_on_side(
        millionths_in_period, 1, dividend_in_period * 100, divisor_now,
        comparator, bound * 100, bound_to * 100
    ) * 0.000001 as value_in_period,
    -- shown beside the same target, though not judged by it
    kept_on_side(
        shown_in_period, shown_step, dividend_in_period, divisor_now, comparator,
        bound, bound_to
    ) * shown_step * 0.0001 as value_in_period_shown,
    target_value,
    target_to,
    pace_value,
    pace_shown,
    coalesce(is_due_here, false) as is_due,
    coalesce(status, 'not_applicable') as status,
    attained,
    coalesce(is_provisional, false) as is_provisional,
from rounded
