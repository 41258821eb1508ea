-- One row per reading of an area by a name that more than one bears.
select reading.row_no, reading.sheet, reading.cell, reading.line, reading.area, fault.known
from intake.reading as reading
join intake.name_fault as fault using (plan, period, area)
where
    reading.area_fault in ('area_unknown', 'area_of_another')
    and fault.code = 'area_name_unclear'
