-- One row per reading with a percentage of a measure that is none.
select row_no, sheet, cell, line, "value", measure_name, unit_of_measure
from intake.reading
where value_fault = 'percentage'
