-- View: one row per report that a unit of the office owes: marts.unit_report,
-- with the code that the unit has over all plans.
select
    unit.office_code,
    report.*,
from marts.unit_report as report
inner join core.office_unit_of_plan as unit
    on report.plan_id = unit.plan_id
    and report.unit_id = unit.unit_id
