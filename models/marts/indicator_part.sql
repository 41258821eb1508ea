-- One row per indicator and measure that its value is made of: part of the
-- numerator or the denominator, or a condition with its bound. A change has the
-- parts of the value that it compares.
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
    on part.indicator_key = coalesce(indicator.of_key, indicator.indicator_key)
inner join raw.measure as measure using (measure_key)
inner join raw.plan as plan
    on indicator.plan_key = plan.plan_key
where indicator.is_shown
