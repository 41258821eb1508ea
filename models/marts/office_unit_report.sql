-- View: one row per report that a unit of the office owes: marts.unit_report,
-- with the code that the unit has over all plans.
select
    unit.office_code,
    report.*,
from marts.unit_report as report
inner join core.office_unit_of_plan as unit using (plan_id, unit_id)
