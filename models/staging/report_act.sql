-- One row per act on a report known as of the asked moment, of a plan, unit and
-- period that the plan files still have: more time granted (due_before), or the
-- report sent back or recalled (submission_no, the last that had come), or kept
-- after a file that was refused.
select
    act.report_no,
    act.act,
    act.due_before,
    act.submission_no,
    act.recorded_at,
    period.plan_key,
    period.period_key,
    unit.unit_key,
    unit.area_id,
from ledger.main.report_act as act
inner join raw.period as period using (plan_id, period)
inner join raw.unit as unit using (plan_id, unit_id)
where
    act.recorded_at <= getvariable('as_of')
    and act.act in ('granted', 'returned', 'recalled', 'kept')
