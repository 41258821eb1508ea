-- One row per reading with a mark between thousands that could be one before decimals.
select
    row_no, sheet, cell, line, "value", measure_name, number_words(decimals) as number_words,
    regexp_replace(number_core(value_said("value")), '[.,]', '', 'g') as whole
from intake.reading
where value_fault = 'thousands_mark'
