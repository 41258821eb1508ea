-- One row per published version, indicator and unit (unit_no 0: the office, of
-- the whole area): why the indicator was not attained, and what is done about it.
-- Key: plan_id, period, version, code, unit_no
-- Never null: plan_id, period, version, row_no, code, unit_no
select * exclude (is_latest, item_no, unit_id, area_id, is_released)
from marts.report_shortfall
