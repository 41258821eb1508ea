-- One row per indicator, period and area (area_id null: the plan's whole
-- area), with value, pace and status as they are shown. Everything was decided
-- before; here it is divided, and rounded so that nothing shown contradicts
-- it. One step after the other, so that what a function is given is a column:
-- it writes it down many times.
with

here as not materialized (

    select
        value.*,
        indicator.value_kind = 'change' as is_change,
        columns('^(now|earlier)_(dividend|divisor)$'),
    from core.attainment_of_value as value
    left join core.change_fraction as change
        using (indicator_key, scope, scope_no, period_key)
    inner join raw.indicator as indicator using (indicator_key)
    where indicator.is_shown

    union all by name

    select
        * exclude (numerator, denominator),
        numerator * 10000::hugeint as numerator,
        denominator * 10000::hugeint as denominator,
        1 as unit,
        1 as numerator_places,
        1 as denominator_places,
        false as is_change,
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
    inner join raw.reporting_area as area using (plan_key)
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
    inner join everywhere using (indicator_key, place_key)
    union all by name
    select
        everywhere.*,
        period.period_key,
    from everywhere
    inner join raw.period as period using (plan_key)
    anti join here using (indicator_key, place_key, period_key)

),

-- in whole numbers
whole as (

    select
        * exclude (
            step, numerator, denominator, numerator_in_period, denominator_in_period
        ),
        case
            when not is_change then shared_out(numerator, numerator_places)
            when has_value then now_dividend * 10000
        end as numerator,
        case
            when not is_change then shared_out(denominator, denominator_places)
            when has_value then earlier_dividend * 10000
        end as denominator,
        if(is_change, now_divisor, unit) as numerator_unit,
        if(is_change, earlier_divisor, unit) as denominator_unit,
        shared_out(numerator_in_period, numerator_places_in_period)
            as numerator_in_period,
        shared_out(denominator_in_period, denominator_places_in_period)
            as denominator_in_period,
        if(has_value, divisor, null) as divisor_to_date,
        -- a change has no value of the period alone
        if(not is_change and divisor_in_period > 0, divisor_in_period, null)
            as divisor_now,
        coalesce(step, 100) as step,
        10000 // coalesce(applicable.step, 100) as shown_units,
        bound * 100 as bound_finely,
        bound_to * 100 as bound_to_finely,
        dividend * 100 as dividend_finely,
        dividend_in_period * 100 as dividend_in_period_finely,
        is_paced(status) and pace_units is not null as is_on_the_way,
    from applicable

),

scaled as (

    select
        *,
        dividend * 1000000 as for_millionths,
        dividend * shown_units as for_shown,
        dividend_in_period * 1000000 as for_millionths_in_period,
        dividend_in_period * shown_units as for_shown_in_period,
        step * shares as pace_step,
        dividend * shares as pace_dividend,
    from whole

),

rounded as (

    select
        *,
        nearest(for_millionths, divisor_to_date) as millionths,
        nearest(for_shown, divisor_to_date) as shown,
        nearest(for_millionths_in_period, divisor_now) as millionths_in_period,
        nearest(for_shown_in_period, divisor_now) as shown_in_period,
    from scaled

),

-- across the pace is as misleading as across the target
beside_pace as (

    select
        * exclude (shown),
        if(
            is_on_the_way,
            kept_on_side(
                shown, pace_step, pace_dividend, divisor, '>=', pace_units, null
            ),
            shown
        ) as shown,
    from rounded

),

figure as (

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
        figure_in(numerator, numerator_unit) as numerator,
        figure_in(denominator, denominator_unit) as denominator,
        figure_in(numerator_in_period, unit) as numerator_in_period,
        figure_in(denominator_in_period, unit) as denominator_in_period,
        kept_on_side(
            millionths, 1, dividend_finely, divisor, comparator, bound_finely,
            bound_to_finely
        ) * 0.000001 as value,
        kept_on_side(
            shown, step, dividend, divisor, comparator, bound, bound_to
        ) * step * 0.0001 as value_shown,
        kept_on_side(
            millionths_in_period, 1, dividend_in_period_finely, divisor_now,
            comparator, bound_finely, bound_to_finely
        ) * 0.000001 as value_in_period,
        -- shown beside the same target, though not judged by it
        kept_on_side(
            shown_in_period, step, dividend_in_period, divisor_now, comparator,
            bound, bound_to
        ) * step * 0.0001 as value_in_period_shown,
        target_value,
        target_to,
        pace_value,
        pace_shown,
        coalesce(is_due_here, false) as is_due,
        coalesce(status, 'not_applicable') as status,
        attained,
        coalesce(is_provisional, false) as is_provisional_told,
        is_provisional_told
        or coalesce(is_said and has_guarded_doubt, false) as is_provisional,
    from beside_pace

)

select
    figure.*,
    guarded.indicator_key is not null as is_guarded,
    coalesce(
        if(
            figure.area_id is null,
            disclosure.is_whole_disclosive,
            disclosure.is_area_disclosive
        ),
        false
    ) as is_disclosive,
    -- which status it is would reveal a small count, by itself or with the target
    if(
        is_disclosive and figure.status not in ('not_reported', 'no_target', 'not_applicable'),
        'withheld',
        figure.status
    ) as status_shown,
    -- what is based on a guarded measure is shown by published versions alone
    case
        when guarded.indicator_key is null then figure.status
        when published.status is not null then published.status
        when figure.status in ('not_reported', 'no_target', 'not_applicable') then figure.status
        else 'untold'
    end as status_told,
    counted.counted_unit,
    -- with what it is divided by as it stands
    if(
        counted.counted_unit is null or figure.value is null,
        null,
        beyond_count(
            figure.numerator::hugeint,
            indicator.comparator,
            (figure.target_value::decimal(18, 4) * 10000)::hugeint
            * (coalesce(figure.denominator, 1) * 10000)::hugeint,
            100000000 * indicator.factor::hugeint
        )
    ) as beyond_count,
from figure
inner join raw.indicator as indicator using (indicator_key)
inner join raw.period as period using (period_key)
left join core.indicator_counted as counted
    on figure.indicator_key = counted.indicator_key
    and if(figure.area_id is null, counted.is_of_whole, counted.is_of_places)
left join core.guarded_indicator as guarded using (indicator_key)
left join core.indicator_disclosure as disclosure using (indicator_key, year)
left join core.published_line as published
    on period.plan_id = published.plan_id
    and period.period = published.period
    and if(guarded.indicator_key is null, null, indicator.indicator_code) = published.code
    and figure.area_id is not distinct from published.area_id
    and published.section = 'indicator'
    and published.audience = 'shared'
    and published.is_latest
