-- One row per indicator that asks for others together, and indicator among
-- those.
select
    plan.plan_id,
    indicator.indicator_code,
    component.component_no,
    other.indicator_code as component_code,
from raw.indicator_component as component
inner join raw.indicator as indicator using (indicator_key)
inner join raw.indicator as other
    on component.component_key = other.indicator_key
inner join raw.plan as plan
    on indicator.plan_key = plan.plan_key
