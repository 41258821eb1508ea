-- One row per claim that is a total over the units.
select row_no, sheet, cell, line, unit
from intake.claim_place
where plan_key is not null and unit_key is null and is_total(unit, area_code)
