-- Grain: plan × indicator whose target is not due yet: what it comes to by then if
-- it goes on as it did.
-- Key: plan_id, indicator_code
-- Never null: plan_id, indicator_code, period, due_period, due_name, value_low,
-- value_high, outlook, target_value, steps_gone
select
    projection.plan_id,
    projection.indicator_code,
    projection.period,
    projection.due_period,
    due.period_name as due_name,
    projection.value_low_shown::double as value_low,
    projection.value_high_shown::double as value_high,
    projection.outlook,
    projection.target_value::double as target_value,
    projection.target_to::double as target_to,
    indicator.unit_of_measure as unit,
    projection.steps_gone
from marts.projection as projection
inner join marts.indicator as indicator using (plan_id, indicator_code)
inner join marts.period as due
    on projection.plan_id = due.plan_id
    and projection.due_period = due.period
