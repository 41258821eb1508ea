-- One row per plan, by its number.
select '' as plan, '' as period, plan_id as code, number as name
from raw.listed_plan
