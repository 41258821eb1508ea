-- One row per reading whose mark could stand before thousands or decimals.
select
    row_no, sheet, cell, line, "value", measure_name,
    regexp_replace(number_core(value_said("value")), '[.,]', '') as whole,
    -- three decimals could be read as thousands again, so a zero is added to them
    regexp_replace(
        regexp_replace(replace(number_core(value_said("value")), '.', ','), ',?0+$', ''),
        ',([0-9]{3})$', ',\10'
    ) as "decimal"
from intake.reading
where value_fault = 'ambiguous_number'
