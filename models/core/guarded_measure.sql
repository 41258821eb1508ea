-- One row per guarded measure: a sensitive one, or one that is tied to it by
-- an indicator, a bound or a total. The measures of a guard_group could be
-- worked out from each other. is_sensitive_count: its small counts are what
-- the shared audience may not see.
select
    measure.plan_key,
    plan.plan_id,
    measure.measure_key,
    measure.measure,
    measure.guard_group,
    measure.over_time,
    measure.over_areas,
    measure.is_sensitive and measure.kind = 'count' as is_sensitive_count,
from raw.measure as measure
inner join raw.plan as plan using (plan_key)
where measure.guard_group is not null
