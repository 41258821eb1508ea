-- A row for everything in a text file's columns of codes that is no code: one look whether there is
-- anything.
select 1 as one
from intake.csv_claim as claim
anti join (
    select plan.plan_id as plan, period.period, in_period.unit_code as unit
    from intake.unit_in_period as in_period
    join raw.period as period using (plan_key, period_key)
    join raw.plan as plan using (plan_key)
) as known using (plan, period, unit)
union all
select 1 from intake.unresolved_area
union all
select 1 from intake.unresolved_measure
