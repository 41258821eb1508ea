-- One row per figure of a claim that says that nothing arose.
select row_no, sheet, cell, line, "value", measure_name, unit_name
from intake.reading
where
    unit_key is not null
    and is_nil_return
    and over_time <> 'last'
    and state = 'reported'
    and figure <> 0
