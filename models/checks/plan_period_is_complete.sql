-- Violations: an indicator and period of a plan that has not exactly one row
-- for the plan's whole area.
select
    plan.plan_id,
    indicator.indicator_code,
    period.period,
    count(attainment.period) as rows_found,
from raw.indicator as indicator
inner join raw.plan as plan
    on indicator.plan_key = plan.plan_key
inner join raw.period as period
    on indicator.plan_key = period.plan_key
left join marts.attainment_by_plan_period as attainment
    on plan.plan_id = attainment.plan_id
    and indicator.indicator_code = attainment.indicator_code
    and period.period = attainment.period
where indicator.is_shown
group by plan.plan_id, indicator.indicator_code, period.period
having count(attainment.period) <> 1
