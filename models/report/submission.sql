-- Grain: report (plan × period) × submission that its figures use.
select
    basis.plan_id as report_plan,
    basis.period as report_period,
    submission.* replace (
        office_time(submission.received_at) as received_at
    ),
    unit.unit_name,
from core.report_basis as basis
inner join staging.submission as submission using (period_key)
inner join core.submission_current as current using (submission_no)
inner join raw.unit as unit
    on submission.unit_key = unit.unit_key
order by report_plan, report_period, submission.submission_no
