-- View: one row per measure, place and period for which a figure is due: what was
-- reported for the period itself or, where it covers others and the place
-- reported none for it, what its parts come to. Doubts compare these.
select
    measure_key,
    place_key,
    period_key,
    if(value_own is null, null, submission_no) as submission_no,
    is_base,
    case over_time
        when 'average' then figure(units // nullif(weight, 0))::decimal(18, 4)
        else value
    end as value,
from core.measure_of_period
where place_role = 'there' and (is_base or is_covering)
