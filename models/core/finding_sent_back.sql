-- One row per unit and period whose report was sent back by hand, and nothing
-- has come since.
select
    act.plan_key,
    act.period_key,
    act.unit_key,
    act.area_id,
    submission.sha256,
    submission.file_name,
    submission.received_at,
from staging.report_act as act
inner join staging.submission as submission using (submission_no)
anti join core.submission_current as current
    on act.unit_key = current.unit_key
    and act.period_key = current.period_key
where act.act in ('returned', 'recalled')
qualify
    row_number() over (
        partition by act.period_key, act.unit_key order by act.report_no desc
    ) = 1
    and act.act = 'returned'
