-- One row: how many rows a text file has, and whether any of them names no plan, unit and period,
-- so that there may be some without any text.
select
    (select count(*) from intake.csv_reading) as row_count,
    exists (
        select 1 from intake.csv_claim
        where plan = '' and unit = '' and period = ''
    ) as may_be_empty
