-- Grain: report (plan × period) × period whose submissions its figures use.
select
    plan_key,
    plan_id,
    period,
    period_key,
from core.report_basis
