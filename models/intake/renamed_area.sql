-- One row per area that went on under another name: its only part is one other area, which went
-- into nothing else.
select area_id, successor_id
from raw.area_successor
qualify
    is_exact
    and count(*) over (partition by area_id) = 1
    and count(*) over (partition by successor_id) = 1
