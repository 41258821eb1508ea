-- One row per reading of an area by its code without the zeros before it.
select
    fault.row_no, fault.sheet, fault.cell, fault.line, fault.area, fault.plan_number,
    area.code as known
from intake.area_fault as fault
join (
    select plan_key, ltrim(own.code, '0') as stripped, min(own.code) as code
    from intake.area as own
    where starts_with(own.code, '0')
    group by plan_key, stripped
) as area on fault.plan_key = area.plan_key and ltrim(fault.area, '0') = area.stripped
where fault.has_lost_zero
