-- One row per measure of a plan.
select plan.plan_id as plan, '' as period, measure.measure as code, measure.measure_name as name
from intake.measure as measure
join raw.plan as plan using (plan_key)
