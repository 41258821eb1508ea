-- One row per reporting unit and period.
-- Key: plan_id, period, unit_id
-- Never null: plan_id, unit_id, period, unit_name, unit_short_name, unit_no,
-- timeliness, last_day, submissions, is_nil_return
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
    strftime(due_before - 1, '%d/%m/%Y') as last_day,
    strftime(first_received_at::timestamp, '%d/%m/%Y') as received_on,
    strftime(first_received_at::timestamp, '%H:%M ngày %d/%m/%Y')
        as received_at,
    submissions,
    is_nil_return
from marts.submission_timeliness
