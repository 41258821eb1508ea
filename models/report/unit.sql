-- One row per plan, period and reporting unit: whether and when its report
-- came. This is the report's coverage.
select
    plan_id as report_plan,
    period as report_period,
    unit_no,
    unit_id,
    unit_code,
    unit_name,
    unit_short_name,
    area_id,
    timeliness,
    first_received_at,
    last_received_at,
    submissions,
    is_nil_return,
    days_late,
from marts.submission_timeliness
order by report_plan, report_period, unit_no
