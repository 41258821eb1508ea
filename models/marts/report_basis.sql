-- One row per report (plan and period) and period whose submissions its
-- figures are based on.
select
    basis.plan_id,
    basis.period,
    source.period as source_period,
from core.report_basis as basis
inner join raw.period as source using (period_key)
