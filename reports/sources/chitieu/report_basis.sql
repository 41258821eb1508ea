-- One row per plan, period and period whose open errors and doubts stand in
-- the way of its report.
-- Never null: plan_id, period, source_period
select plan_id, period, source_period
from marts.report_basis
