-- One row per plan, indicator and period, and reporting area or the whole
-- (area_id null), whose figure has open errors or doubts behind it.
-- Key: plan_id, indicator_code, period, area_id
-- Never null: plan_id, indicator_code, period, doubts
from marts.doubt_by_indicator
