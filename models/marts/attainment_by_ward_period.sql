-- One row per plan, indicator, reporting area (ward) and period of every
-- kind: quarters as well as half-years and years.
select
    -- keys
    plan.plan_id,
    indicator.indicator_code,
    period.period,
    area.area_id,
    area.code as area_code,
    reporting.area_name,

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
    -- which of the statuses it is would tell a small count, by itself or
    -- with a target that it is compared with
    if(
        disclosure.is_area_disclosive
        and attainment.status not in ('not_reported', 'not_applicable'),
        'withheld',
        attainment.status
    ) as status_shown,
    -- what stands on a guarded measure is told by published versions alone
    case
        when guarded.indicator_key is null then attainment.status
        when published.status is not null then published.status
        when attainment.status in ('not_reported', 'not_applicable')
            then attainment.status
        else 'untold'
    end as status_told,

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
    guarded.indicator_key is not null as is_guarded,
    coalesce(disclosure.is_area_disclosive, false) as is_disclosive,
from core.attainment as attainment
inner join raw.plan as plan
    on attainment.plan_key = plan.plan_key
inner join raw.indicator as indicator
    on attainment.indicator_key = indicator.indicator_key
inner join raw.period as period
    on attainment.period_key = period.period_key
inner join raw.area as area
    on attainment.area_id = area.area_id
inner join raw.reporting_area as reporting
    on attainment.plan_key = reporting.plan_key
    and attainment.area_id = reporting.area_id
left join core.indicator_disclosure as disclosure
    on attainment.indicator_key = disclosure.indicator_key
    and period.year = disclosure.year
left join core.guarded_indicator as guarded
    on attainment.indicator_key = guarded.indicator_key
left join core.published_line as published
    on plan.plan_id = published.plan_id
    and period.period = published.period
    and indicator.indicator_code = published.code
    and attainment.area_id is not distinct from published.area_id
    and published.section = 'indicator'
    and published.audience = 'shared'
    and published.is_latest
