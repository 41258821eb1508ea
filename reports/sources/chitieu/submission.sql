-- One row per submission, current or replaced.
-- Key: submission_no
-- Never null: submission_no, plan_id, unit_id, period, receipt_no,
-- received_at, submission_of_period, is_current
select
    submission_no,
    plan_id,
    unit_id,
    area_id,
    period,
    file_name,
    receipt_no::integer as receipt_no,
    left(sha256, 12) as digest,
    is_nil_return,
    marts.moment_text(received_at) as received_at,
    row_number() over (
        partition by plan_id, unit_id, period order by submission.received_at, submission_no
    )::integer as submission_of_period,
    is_current
from marts.submission as submission
