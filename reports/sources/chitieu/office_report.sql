-- One row per report that a unit of the office owes, in the order of
-- deadlines over all plans.
-- Over all plans.
-- Key: plan_id, period, office_code
-- Never null: office_code, plan_id, period, unit_id, due_no, period_name, last_day,
-- days_left, is_past_due, is_due_soon, is_overdue, timeliness, submissions,
-- doubts, state
select
    report.office_code,
    report.plan_id,
    report.period,
    report.unit_id,
    row_number() over (
        order by report.due_before, report.plan_id, report.period_no,
            report.office_code
    )::integer as due_no,
    report.period_name,
    marts.day_text(report.due_before - 1) as last_day,
    report.days_left,
    report.is_past_due,
    report.wanted is not distinct from 'due_soon' as is_due_soon,
    report.wanted is not distinct from 'overdue' as is_overdue,
    report.timeliness,
    report.days_late,
    marts.moment_text(report.last_received_at) as received_at,
    report.submissions,
    marts.moment_text(report.returned_at) as returned_at,
    report.doubts,
    report.state
from marts.office_unit_report as report
