-- Violations: a value that is more than half a millionth away from its
-- numerator / denominator x factor (a whole millionth next to a target,
-- where it is rounded away), computed here in another way than in the mart. A
-- change is compared by its two values, which are rounded there.
with

attainment as (

    select plan_id, indicator_code, period, numerator, denominator, value,
    from marts.attainment_by_plan_period
    union all by name
    select plan_id, indicator_code, period, numerator, denominator, value,
    from marts.attainment_by_ward_period

)

select
    attainment.plan_id,
    attainment.indicator_code,
    attainment.period,
    attainment.numerator,
    attainment.denominator,
    attainment.value,
from attainment
inner join raw.plan as plan
    on attainment.plan_id = plan.plan_id
inner join raw.indicator as indicator
    on plan.plan_key = indicator.plan_key
    and attainment.indicator_code = indicator.indicator_code
where
    indicator.unit = 1
    and indicator.value_kind <> 'change'
    and attainment.value is not null
    and abs(
        attainment.value::double * coalesce(attainment.denominator, 1)::double
        - attainment.numerator::double * indicator.factor
    ) > 0.000001 * coalesce(attainment.denominator, 1)::double
        + 0.000000001 * attainment.numerator::double
