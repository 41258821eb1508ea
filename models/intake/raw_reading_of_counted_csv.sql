-- One row per reading of a text file whose lines were counted.
select
    row_no, plan, unit, period, area, measure, "value", false as is_exact, note,
    null::varchar as sheet, null::varchar as cell, csv_line.line
from (
    select rowid as row_no, *
    from intake.csv_reading
    where
        getvariable('empty_rows') = 0
        or has_text(plan, unit, period, measure, area, "value", note)
) as reading
left join intake.csv_line as csv_line using (row_no)
