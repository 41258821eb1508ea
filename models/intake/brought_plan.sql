-- One row per plan that bytes which were accepted before brought a report of.
select distinct submission.plan_id as plan
from ledger.submission as submission
join ledger.receipt as receipt using (receipt_no)
where receipt.sha256 = $sha256 and receipt.outcome = 'accepted'
