-- One row per reading whose value is no number for its measure, with the code of what is wrong.
select value_fault::varchar as code, row_no, sheet, cell, line, "value", measure_name
from intake.reading
where
    value_fault in (
        'not_a_number', 'negative', 'number_too_large', 'nil_of_stock', 'not_yes_no', 'mark',
        'mark_of_stock', 'mark_of_yes_no'
    )
