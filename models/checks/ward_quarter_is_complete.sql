-- Violations: an indicator, ward and quarter of a plan without a row.
select
    indicator.indicator_key,
    area.area_id,
    period.period,
from raw.indicator as indicator
inner join raw.plan as plan
    on indicator.plan_key = plan.plan_key
inner join raw.reporting_area as area
    on indicator.plan_key = area.plan_key
inner join raw.period as period
    on indicator.plan_key = period.plan_key
    and period.is_base
anti join marts.attainment_by_ward_quarter as attainment
    on plan.plan_id = attainment.plan_id
    and indicator.indicator_code = attainment.indicator_code
    and area.area_id = attainment.area_id
    and period.period = attainment.period
where indicator.is_shown
