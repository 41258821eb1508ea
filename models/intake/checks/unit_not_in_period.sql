-- One row per claim of a unit whose area is not valid on the last day of the period.
select
    claim.row_no, claim.sheet, claim.cell, claim.line, claim.unit, claim.period_name,
    day(claim.data_to) as data_to, unit.unit_name,
    validity(unit.valid_from, unit.valid_to) as validity
from intake.claim_place as claim
join (
    select
        plan_key, unit_code, any_value(unit_name) as unit_name,
        min(valid_from) as valid_from, max(valid_to) as valid_to
    from intake.unit
    group by plan_key, unit_code
) as unit on claim.plan_key = unit.plan_key and claim.unit = unit.unit_code
where claim.unit_key is null and claim.period_key is not null
