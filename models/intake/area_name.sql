-- One row per area that any plan covers.
select area_id, any_value(name) as name
from intake.area
group by area_id
