-- One row per claim of the files that are accepted, with the number that it gets, and the
-- submission that counts for its unit and period until now.
select
    getvariable('first_submission_no')
    - 1 + row_number() over (order by claim.claim_no) as submission_no,
    file.receipt_no,
    claim.*,
    plan.plan_id,
    plan.plan_sha256,
    standing.submission_no as standing_no,
    if(standing.received_at > file.received_at, standing.received_at, null) as newer_received_at
from intake.claim as claim
join intake.receipt_rows as file
    on claim.first_row >= file.first_row and claim.first_row < file.end_row
join raw.plan as plan using (plan_key)
left join intake.standing_submission as standing
    on
        plan.plan_id = standing.plan_id
        and claim.unit_id = standing.unit_id
        and claim.period = standing.period
where file.outcome = 'accepted'
