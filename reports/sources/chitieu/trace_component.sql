-- One row per plan, indicator that asks for others together, period, one of
-- these and place (area_id is null for the plan's whole area): how that one
-- stands there.
-- Key: plan_id, indicator_code, period, area_id, component_no
-- Never null: plan_id, indicator_code, period, component_no, component_code,
-- indicator_name, unit, status, is_hidden
with

attainment as (

    from chitieu.attainment_city
    union all by name
    from chitieu.attainment_ward

)

select
    asked.plan_id,
    asked.indicator_code,
    attainment.period,
    asked.component_no,
    asked.component_code,
    indicator.indicator_name,
    indicator.unit,
    attainment.area_id,
    attainment.status,
    attainment.value,
    attainment.is_hidden,
    attainment.is_provisional
from chitieu.indicator_component as asked
inner join chitieu.indicator as indicator
    on asked.plan_id = indicator.plan_id
    and asked.component_code = indicator.indicator_code
inner join attainment
    on asked.plan_id = attainment.plan_id
    and asked.component_code = attainment.indicator_code
