-- One row per regular period that follows another of its kind in the plan,
-- in the same year or not.
select
    period_key,
    lag(period_key) over earlier as before_key,
from raw.period
where is_base
window earlier as (partition by plan_key, kind order by data_to)
qualify before_key is not null
