-- One row: how many rows a text file has, and how many of them say nothing. A filter stops at the
-- first column with text, which a counted condition does not.
select
    (select count(*) from intake.csv_reading) as row_count,
    (
        select count(*)
        from intake.csv_reading
        where not (has_text(plan, unit, period, measure, area, "value", note))
    ) as empty_count
