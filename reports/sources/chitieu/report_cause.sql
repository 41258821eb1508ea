-- One row per published version and cause of what differs in it from the version
-- before.
-- Key: plan_id, period, version, cause_no
-- Never null: plan_id, period, version, cause_no, kind, changes, measures,
-- area_verdicts
select
    plan_id,
    period,
    version,
    cause_no,
    kind,
    unit_name,
    period_name,
    receipt_no,
    received_at,
    replaced_at,
    cause_version,
    reason,
    due_before::varchar as due_before,
    changes,
    measures,
    area_verdicts
from marts.report_cause
