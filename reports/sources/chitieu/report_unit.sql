-- One row per published version and reporting unit: whether and when its
-- report had come.
-- Key: plan_id, period, version, unit_no
-- Never null: plan_id, period, version, unit_no, unit_name, timeliness,
-- submissions
select
    plan_id,
    period,
    version,
    unit_no,
    unit_name,
    timeliness,
    days_late,
    marts.day_text(first_received_at::timestamp) as received_on,
    submissions,
    is_nil_return,
    area_id,
    missing_before
from marts.report_unit
