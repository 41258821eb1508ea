-- Grain: as the mart. The shared audience gets released texts only.
select
    columns([
        'plan_id', 'period', 'indicator_code', 'unit_no', 'unit_id', 'unit_name', 'area_id'
    ]),
    if(stored.is_cause_shared or not audience.withholds, stored.cause, null)
        as cause,
    if(stored.is_remedy_shared or not audience.withholds, stored.remedy, null)
        as remedy,
    if(audience.withholds, null, stored.said_on) as said_on,
    audience.withholds or stored.is_released as is_released,
from marts.shortfall as stored
cross join audience
where stored.is_cause_shared or stored.is_remedy_shared or not audience.withholds
