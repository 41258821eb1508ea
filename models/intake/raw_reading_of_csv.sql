-- One row per reading of a text file whose lines follow each other, the first after
-- `lines_before_readings`, or have no known numbers where that is null. Rows without any text are
-- looked for only where there are `empty_rows`.
select
    rowid as row_no, plan, unit, period, area, measure, "value", false as is_exact, note,
    null::varchar as sheet, null::varchar as cell,
    rowid + getvariable('lines_before_readings') + 1 as line
from intake.csv_reading
where
    getvariable('empty_rows') = 0
    or has_text(plan, unit, period, measure, area, "value", note)
