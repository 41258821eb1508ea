-- One row per plan that a text file names by its code.
select plan_id as plan
from raw.listed_plan
semi join intake.csv_claim as claim on listed_plan.plan_id = claim.plan
