-- Grain: as the mart. Contacts are for the office only.
select
    stored.office_code,
    stored.unit_name,
    stored.unit_short_name,
    stored.area_id,
    stored.is_listed,
    if(audience.withholds, null, stored.contact) as contact,
    if(audience.withholds, null, stored.phone) as phone,
    if(audience.withholds, null, stored.email) as email,
    stored.plans,
from marts.office_unit as stored
cross join audience
