-- One row per reading that is a total over the areas.
select row_no, sheet, cell, line, area, measure_name
from intake.reading
where area_fault = 'area_unknown' and is_total(area, area_code)
