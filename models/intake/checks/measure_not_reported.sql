-- One row per reading of a measure that the unit does not report.
select row_no, sheet, cell, line, measure, measure_name, unit_name
from intake.reading
where measure_fault = 'measure_not_reported'
