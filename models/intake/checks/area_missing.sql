-- One row per reading of a measure by area that names none.
select row_no, sheet, cell, line, measure_name
from intake.reading
where area_fault = 'area_missing'
