-- One row per plan and text that stands for a period of it and is no code of one.
select distinct claim.plan, '' as period, claim.period as "text"
from intake.csv_claim as claim
join raw.plan as plan on claim.plan = plan.plan_id
where (plan.plan_key, claim.period) not in (select (plan_key, period) from raw.period)
