-- View: one row per open error or doubt (core.finding).
select * exclude (plan_key, period_key, unit_key)
from core.finding
