-- One row per claim, with where it stands in the file: a form's claims in their own
-- cells, in a text file where the first reading is.
select
    claim.* exclude (sheet, cell),
    claim.first_row as row_no,
    coalesce(claim.sheet, first.sheet) as sheet,
    coalesce(claim.cell, first.cell) as cell,
    if(claim.sheet is null, first.line, null) as line,
    plan.number as plan_number,
    plan.area_code
from intake.claim as claim
left join intake.raw_reading as first
    on if(claim.sheet is null, claim.first_row, null) = first.row_no
left join raw.plan as plan using (plan_key)
