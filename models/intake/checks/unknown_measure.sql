-- One row per reading of a measure that the plan does not have.
select row_no, sheet, cell, line, measure, plan_number
from intake.reading
where measure_fault = 'unknown_measure'
