-- One row per area that there is or was.
select area_id, code, name
from raw.area
