-- Grain: report × unit × head. Remarks of units on their forms that the city
-- may read. No part of a version: somebody decides which of them the report
-- repeats.
select
    head.report_plan,
    head.report_period,
    unit.unit_no,
    unit.unit_name,
    note.head,
    note.note as said,
from report.head as head
inner join raw.period as period
    on head.report_plan = period.plan_id
    and head.report_period = period.period
inner join core.submission_current as submission using (period_key)
inner join staging.note as note using (submission_no)
inner join raw.unit as unit using (unit_key)
where note.head is not null and note.audience is not null
