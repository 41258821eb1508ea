-- One row per claim of a plan that there is not.
select
    row_no, sheet, cell, line, plan,
    (select string_agg(plan_id, ', ' order by plan_no) from raw.listed_plan) as known
from intake.claim_place
where plan_key is null
