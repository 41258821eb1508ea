-- One row per submission known as of the asked moment, current or replaced:
-- which file it came in, so that a figure can be traced to it.
select
    submission.submission_no,
    submission.receipt_no,
    submission.plan_id,
    submission.unit_id,
    unit.unit_name,
    unit.area_id,
    submission.period,
    submission.file_name,
    submission.sha256,
    submission.medium,
    submission.is_nil_return,
    office_time(submission.received_at) as received_at,
    current.submission_no is not null as is_current,
    submission.is_demonstration,
    submission.handed_plan,
    submission.handed_period,
    submission.handed_version,
    submission.handed_reason,
from staging.submission as submission
inner join raw.unit as unit using (unit_key)
left join core.submission_current as current using (submission_no)
