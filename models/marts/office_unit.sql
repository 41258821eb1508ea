-- View: one row per unit of the office, over all plans that ask anything of
-- it, with whom to ask there.
select
    unit.office_code,
    arg_min(unit.unit_name, (plan.issued_on, unit.plan_id)) as unit_name,
    arg_min(unit.unit_short_name, (plan.issued_on, unit.plan_id))
        as unit_short_name,
    any_value(unit.area_id) as area_id,
    bool_or(unit.is_listed) as is_listed,
    any_value(unit.contact) as contact,
    any_value(unit.phone) as phone,
    any_value(unit.email) as email,
    count(*)::integer as plans,
from core.office_unit_of_plan as unit
inner join marts.plan as plan using (plan_id)
where unit.is_asked
group by unit.office_code
