-- One row per claim of a period that is made of others, when the file was received more than thirty
-- days before its deadline: it may well be the report of a shorter one.
select
    row_no, sheet, cell, null::bigint as line, unit_name, period_name,
    day(getvariable('received_on')) as received_on,
    day(due_before - 1) as last_day
from intake.claim_place
where
    is_early
    and unit_key is not null
    and data_from <= getvariable('received_on')
