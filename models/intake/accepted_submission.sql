-- One row per submission that is accepted, as the ledger keeps it.
select
    submission_no, receipt_no, plan_id, plan_sha256, unit_id, period, is_nil_return,
    form_version, unit as unit_code,
    kept_text(difficulties) as difficulties, kept_text(proposals) as proposals
from intake.accepted
order by submission_no
