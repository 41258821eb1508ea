-- One row per unit of the office, over all plans that ask anything of it,
-- with whom to ask there.
select
    unit.office_code,
    arg_min(unit.unit_name, unit.plan_key) as unit_name,
    arg_min(unit.unit_short_name, unit.plan_key) as unit_short_name,
    any_value(unit.area_id) as area_id,
    bool_or(unit.is_listed) as is_listed,
    any_value(unit.contact) as contact,
    any_value(unit.phone) as phone,
    any_value(unit.email) as email,
    count(*)::integer as plans,
from core.office_unit_of_plan as unit
semi join raw.measure_place as place
    on unit.unit_key = place.unit_key
group by unit.office_code
