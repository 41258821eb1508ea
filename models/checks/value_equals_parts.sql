-- Violations: a value that is more than half a millionth away from its
-- numerator / denominator x factor (a whole millionth next to a target,
-- where it is rounded away), computed here in another way than in the mart. A
-- change is compared by its two values, which are rounded there.
select
    plan.plan_id,
    indicator.indicator_code,
    attainment.period_key,
    attainment.area_id,
    attainment.numerator,
    attainment.denominator,
    attainment.value,
from core.attainment as attainment
inner join raw.indicator as indicator using (indicator_key)
inner join raw.plan as plan on indicator.plan_key = plan.plan_key
where
    indicator.unit = 1
    and indicator.value_kind <> 'change'
    and attainment.value is not null
    and abs(
        attainment.value::double * coalesce(attainment.denominator, 1)::double
        - attainment.numerator::double * indicator.factor
    ) > 0.000001 * coalesce(attainment.denominator, 1)::double
        + 0.000000001 * attainment.numerator::double
