-- Grain: as the mart. The shared audience gets released texts only.
select
    told.plan_id,
    told.period,
    told.indicator_code,
    told.unit_no,
    told.unit_id,
    told.unit_name,
    told.area_id,
    if(told.is_cause_shared or not audience.withholds, told.cause, null)
        as cause,
    if(told.is_remedy_shared or not audience.withholds, told.remedy, null)
        as remedy,
    if(audience.withholds, null, told.said_on) as said_on,
    audience.withholds or told.is_released as is_released,
from marts.shortfall as told
cross join audience
where told.is_cause_shared or told.is_remedy_shared or not audience.withholds
