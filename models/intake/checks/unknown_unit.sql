-- One row per claim of a unit that its plan does not have.
select row_no, sheet, cell, line, unit, plan_number
from intake.claim_place
where
    plan_key is not null
    and unit_key is null
    and (plan_key, unit) not in (select (plan_key, unit_code) from intake.unit)
    and not is_total(unit, area_code)
