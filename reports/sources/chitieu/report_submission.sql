-- One row per published version and submission that it stands on.
-- Key: plan_id, period, version, row_no
-- Never null: plan_id, period, version, row_no, submission_no, unit_name,
-- submission_period, receipt_no, received_at
select
    submission.plan_id,
    submission.period,
    submission.version,
    submission.row_no,
    submission.submission_no,
    submission.unit_name,
    -- the plan may no longer have it
    coalesce(named.period_name, submission.submission_period)
        as submission_period,
    submission.file_name,
    submission.receipt_no::integer as receipt_no,
    left(submission.sha256, 12) as digest,
    marts.moment_text(submission.received_at) as received_at
from marts.report_submission as submission
left join marts.period as named
    on submission.plan_id = named.plan_id
    and submission.submission_period = named.period
