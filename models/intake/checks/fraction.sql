-- One row per reading with more decimals than its measure has.
select
    row_no, sheet, cell, line, "value", measure_name, unit_of_measure,
    number_words(decimals) as number_words
from intake.reading
where value_fault = 'fraction'
