-- One row per plan, period and name of a unit: its code, its name in full and in short, and the
-- name of its area.
select
    plan.plan_id as plan, period.period, in_period.unit_code as code,
    unnest([in_period.unit_code, unit.unit_name, unit.unit_short_name, area.name]) as name
from intake.unit_in_period as in_period
join intake.unit as unit using (plan_key, unit_key)
join raw.period as period using (plan_key, period_key)
join raw.plan as plan using (plan_key)
left join raw.area as area on unit.area_id = area.area_id
