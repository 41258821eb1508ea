-- One row per report (plan and period) and period whose submissions its
-- figures stand on.
select *
from core.report_basis
