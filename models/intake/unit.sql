-- One row per reporting unit of a plan, with the entry of the plan file that it is of and the days
-- from and to which its area is valid.
select
    unit.plan_key, unit.unit_key, unit.unit_id, unit.unit_code, unit.unit_name,
    unit.unit_short_name, unit.area_id, entry.entry_no, area.valid_from, area.valid_to
from raw.unit as unit
join raw.unit_entry as entry using (unit_key)
left join raw.area as area using (area_id)
order by unit.unit_key
