-- One row per plan, indicator and period: how many wards stand how.
-- Key: plan_id, indicator_code, period
-- Never null: plan_id, indicator_code, period, wards, each status, lacking
from marts.status_by_indicator
