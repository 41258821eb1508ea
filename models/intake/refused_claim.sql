-- One row per unit and period that a refused file was recognised to report for: what is due there
-- is known to have been sent, and refused.
select distinct file.receipt_no, plan.plan_id, claim.unit_id, claim.period
from intake.claim as claim
join intake.receipt_rows as file
    on claim.first_row >= file.first_row and claim.first_row < file.end_row
join raw.plan as plan using (plan_key)
where
    file.outcome = 'refused'
    and file.is_read
    and claim.unit_id is not null
    and claim.data_to >= claim.in_force_from
    and claim.data_from <= file.received_at::date
