-- One row per reporting unit and period.
-- Key: plan_id, period, unit_id
-- Never null: plan_id, unit_id, period, unit_name, unit_short_name, unit_no,
-- timeliness, last_day, submissions
select
    plan_id,
    unit_id,
    period,
    unit_name,
    unit_short_name,
    unit_no,
    area_id,
    timeliness,
    days_late,
    marts.day_text(due_before - 1) as last_day,
    marts.day_text(first_received_at::timestamp) as received_on,
    marts.moment_text(first_received_at)
        as received_at,
    submissions,
    is_nil_return
from marts.submission_timeliness
