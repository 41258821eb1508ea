-- One row per plan and indicator: the period in which it is looked at first.
-- Key: plan_id, indicator_code
-- Never null: plan_id, indicator_code, period
from marts.indicator_latest
