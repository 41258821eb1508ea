-- One row per measure that is of one place: there is nothing to be added up over
-- areas.
select measure_key
from raw.measure_place
group by measure_key
having count(distinct place_key) = 1
