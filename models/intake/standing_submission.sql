-- One row per plan, unit and period: the submission that counts, the one received last, of several
-- received at the same moment the one put down last.
select submission.*, receipt.sha256, receipt.received_at
from ledger.submission as submission
join ledger.receipt as receipt using (receipt_no)
qualify row_number() over (
    partition by plan_id, unit_id, period order by received_at desc, submission_no desc
) = 1
