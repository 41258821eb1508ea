-- One row per claim of a period that ended before the plan was in force.
select
    row_no, sheet, cell, line, period_name, day(data_to) as data_to, plan_number,
    day(in_force_from) as in_force_from
from intake.claim_place as claim
where claim.data_to < claim.in_force_from
