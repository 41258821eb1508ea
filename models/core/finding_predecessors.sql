-- One row per flow, area that is exactly made of others, and covering period in
-- which it was founded, of which its own figure is no less than what it and
-- those reported for the periods in it: it may hold theirs, which are added.
select
    own.measure_key,
    own.place_key,
    own.period_key,
    own.submission_no,
    own.value_own as value,
    own.value_inherited + coalesce(parts.value_sum, 0) as compared_with,
from core.measure_of_period as own
left join core.covering_parts as parts using (measure_key, place_key, period_key)
where
    own.is_covering
    and own.value_inherited > 0
    and own.value_own >= compared_with
