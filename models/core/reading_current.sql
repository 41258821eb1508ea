-- View. Grain: measure × place × period. The figures of current submissions,
-- nil as 0. Blank cells are missing, never zero, and so not here.
select
    measure_key,
    place_key,
    period_key,
    submission_no,
    state = 'nil' as is_nil,
    value,
    is_partial,
from core.reading
where is_current and state in ('reported', 'nil')
