-- One row per guarded measure (measure_key) that another one bounds
-- (at_most_key), of which one is a sensitive count: what is left between both
-- is a count as well, as of cases not solved.
select
    measure.guard_group,
    measure.measure_key,
    definition.at_most_key,
from core.guarded_measure as measure
inner join raw.measure as definition using (measure_key)
inner join core.guarded_measure as bound
    on definition.at_most_key = bound.measure_key
where measure.is_sensitive_count or bound.is_sensitive_count
