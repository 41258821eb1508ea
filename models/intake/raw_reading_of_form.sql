-- One row per reading in the forms that are loaded.
select
    row_no, plan, unit, period, area, measure, "value", is_exact, note, sheet, cell, line
from intake.form_reading
