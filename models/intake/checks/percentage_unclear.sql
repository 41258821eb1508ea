-- One row per reading below 1 of a percentage, which may be a hundredth of what was meant.
with typed as (
    select *, number_core(value_said("value")) as core
    from intake.reading
    where value_fault = 'percentage_unclear'
),

numbers as (
    select *, plain_number(core, number_shape(core), is_exact)::decimal(18, 4) as number
    from typed
)

select
    row_no, sheet, cell, line, "value", measure_name, plain(number) as number,
    plain(numbers.number * 100) as hundredfold
from numbers
