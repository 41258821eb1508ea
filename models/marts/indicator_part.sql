-- One row per indicator and measure that its value is made of: part of the
-- numerator or the denominator, or a condition with its bound.
select
    plan.plan_id,
    indicator.indicator_code,
    part.part_no,
    part.role,
    measure.measure,
    part.comparator,
    part.threshold,
from raw.indicator_part as part
inner join raw.indicator as indicator
    on part.indicator_key = indicator.indicator_key
inner join raw.measure as measure
    on part.measure_key = measure.measure_key
inner join raw.plan as plan
    on indicator.plan_key = plan.plan_key
