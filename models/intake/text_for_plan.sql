-- One row per text that stands for a plan and is no code of one.
select distinct '' as plan, '' as period, claim.plan as "text"
from intake.csv_claim as claim
anti join raw.listed_plan as plan on claim.plan = plan.plan_id
where claim.plan <> ''
