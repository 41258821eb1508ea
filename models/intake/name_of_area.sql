-- One row per plan, period and area that is valid on its last day.
select plan.plan_id as plan, period.period, area.code, area.name, area.area_id
from intake.area_in_period as in_period
join intake.area as area using (plan_key, area_id)
join raw.period as period using (plan_key, period_key)
join raw.plan as plan using (plan_key)
