-- One row per reading of a committee for an area that is not its own.
select row_no, sheet, cell, line, area, unit_name
from intake.area_fault
where area_fault = 'area_of_another' and not has_lost_zero and not has_name_fault
