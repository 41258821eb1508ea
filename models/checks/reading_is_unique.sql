-- Violations: a measure, place and period with more than one counted figure.
select
    measure_key,
    place_key,
    period_key,
    count(*) as rows_found,
from core.reading_current
group by measure_key, place_key, period_key
having count(*) > 1
