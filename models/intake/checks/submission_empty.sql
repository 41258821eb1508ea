-- One row per claim that brings no figure and does not say that nothing arose.
with filled as materialized (
    select distinct claim_no from intake.judged where state is distinct from 'blank'
)

select
    claim.row_no, claim.sheet, claim.cell, claim.line, claim.unit_name, claim.period_name
from intake.claim_place as claim
anti join filled using (claim_no)
where claim.unit_key is not null and not claim.is_nil_return
