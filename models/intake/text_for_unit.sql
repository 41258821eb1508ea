-- One row per plan, period and text that stands for a unit and is no code of one.
select distinct claim.plan, claim.period, claim.unit as "text"
from intake.csv_claim as claim
join raw.plan as plan on claim.plan = plan.plan_id
join raw.period as period using (plan_key)
where
    claim.period = period.period
    and claim.unit <> ''
    and (plan.plan_key, claim.unit) not in (select (plan_key, unit_code) from intake.unit)
