-- One row per published version and cause of what differs in it from the version
-- before.
-- Key: plan_id, period, version, cause_no
-- Never null: plan_id, period, version, cause_no, kind, changes, measures,
-- area_verdicts
select * exclude (is_latest, row_no, cause_period) replace (due_before::varchar as due_before)
from marts.report_cause
