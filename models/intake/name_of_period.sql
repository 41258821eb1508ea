-- One row per period of a plan.
select plan.plan_id as plan, period.period as code, period.period_name as name
from raw.period as period
join raw.plan as plan using (plan_key)
