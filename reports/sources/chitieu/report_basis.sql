-- One row per plan, period and period whose open errors and doubts stand in
-- the way of its report.
-- Key: plan_id, period, source_period
-- Never null: plan_id, period, source_period
from marts.report_basis
