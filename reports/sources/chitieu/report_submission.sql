-- One row per published version and submission that it stands on.
-- Key: plan_id, period, version, row_no
-- Never null: plan_id, period, version, row_no, unit_name, submission_period,
-- receipt_no, received_at
select
    plan_id,
    period,
    version,
    row_no,
    unit_name,
    submission_period,
    file_name,
    receipt_no::integer as receipt_no,
    left(sha256, 12) as digest,
    marts.moment_text(received_at) as received_at
from marts.report_submission
