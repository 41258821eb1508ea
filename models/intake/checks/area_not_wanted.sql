-- One row per reading with an area of a measure that is not by area.
select row_no, sheet, cell, line, area, measure_name
from intake.reading
where area_fault = 'area_not_wanted'
