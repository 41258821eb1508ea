-- One row per reading of an area that nothing known is like.
select row_no, sheet, cell, line, area, plan_number
from intake.area_fault
where
    area_fault = 'area_unknown'
    and not is_code
    and not has_lost_zero
    and not has_name_fault
    and not is_total_row
