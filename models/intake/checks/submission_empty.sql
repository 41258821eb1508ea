-- One row per claim that brings no figure and does not say that nothing arose.
with filled as materialized (
    select distinct claim_no from intake.judged where state is distinct from 'blank'
),

-- before the places are looked up, which few or none need
empty as materialized (
    select claim.*
    from intake.claim as claim
    anti join filled using (claim_no)
    where claim.unit_key is not null and not claim.is_nil_return
)

select
    empty.first_row as row_no,
    coalesce(empty.sheet, first.sheet) as sheet,
    coalesce(empty.cell, first.cell) as cell,
    if(empty.sheet is null, first.line, null) as line,
    empty.unit_name, empty.period_name
from empty
left join intake.raw_reading as first
    on if(empty.sheet is null, empty.first_row, null) = first.row_no
