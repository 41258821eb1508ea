-- One row per published version, indicator and unit (unit_no 0: the office, of
-- the whole area): why the indicator was not attained, and what is done about it.
-- Key: plan_id, period, version, code, unit_no
-- Never null: plan_id, period, version, row_no, code, unit_no
select
    plan_id,
    period,
    version,
    row_no,
    code,
    unit_no,
    unit_name,
    cause,
    remedy
from marts.report_shortfall
