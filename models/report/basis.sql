-- One row per report (plan and period) and period whose submissions its
-- figures stand on.
select
    plan_key,
    plan_id,
    period,
    period_key,
from core.report_basis
