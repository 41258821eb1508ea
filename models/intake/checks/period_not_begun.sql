-- One row per claim of a period that had not begun when the file was received.
select
    row_no, sheet, cell, line, period_name, day(data_from) as data_from,
    day(getvariable('received_on')) as received_on
from intake.claim_place as claim
where claim.data_from > getvariable('received_on')
