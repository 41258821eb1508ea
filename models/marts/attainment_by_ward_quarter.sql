-- View: one row per plan, indicator, reporting area (ward) and regular period
-- of the plan: its quarters, or its months where it is reported by the month.
select * exclude (is_base)
from marts.attainment_by_ward_period
where is_base
