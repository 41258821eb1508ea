-- One row per reading with a date in place of a number.
select
    row_no, sheet, cell, line, "value", measure_name,
    day(typed_date(value_said("value"))) as day
from intake.reading
where value_fault = 'date'
