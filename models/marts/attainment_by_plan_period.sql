-- View: one row per plan, indicator and period (quarter, half-year, year) for the
-- plan's whole area.
select
    -- keys
    plan.plan_id,
    indicator.indicator_code,
    period.period,

    -- value to date and in the period itself
    attainment.numerator::decimal(28, 4) as numerator,
    attainment.denominator::decimal(28, 4) as denominator,
    attainment.value::decimal(28, 6) as value,
    attainment.value_shown::decimal(28, 4) as value_shown,
    attainment.numerator_in_period::decimal(28, 4) as numerator_in_period,
    attainment.denominator_in_period::decimal(28, 4)
        as denominator_in_period,
    attainment.value_in_period::decimal(28, 6) as value_in_period,
    attainment.value_in_period_shown::decimal(28, 4)
        as value_in_period_shown,

    -- target
    indicator.comparator as target_comparator,
    attainment.target_value::decimal(18, 4) as target_value,
    attainment.target_to::decimal(18, 4) as target_to,
    attainment.pace_value::decimal(28, 6) as pace_value,
    attainment.pace_shown::decimal(28, 4) as pace_shown,
    attainment.is_due,
    attainment.attained,
    attainment.status,
    attainment.is_provisional,
    attainment.status_shown,
    attainment.status_told,

    -- coverage
    attainment.areas_expected,
    attainment.areas_reported,
    attainment.areas_carried,
    attainment.areas_left_out,
    attainment.areas_own,
    attainment.periods_missing_before,
    attainment.basis,
    period.is_base,
    period.is_estimate,
    attainment.is_guarded,
    attainment.is_disclosive,
from core.attainment as attainment
inner join raw.plan as plan
    on attainment.plan_key = plan.plan_key
inner join raw.indicator as indicator
    on attainment.indicator_key = indicator.indicator_key
inner join raw.period as period
    on attainment.period_key = period.period_key
where attainment.area_id is null
