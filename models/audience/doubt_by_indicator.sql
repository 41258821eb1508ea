-- Grain: as the mart. The shared audience gets no doubts about guarded
-- measures.
select
    columns(['plan_id', 'indicator_code', 'period', 'area_id']),
    if(audience.withholds, counted.shared_doubts, counted.doubts) as doubts,
from marts.doubt_by_indicator as counted
cross join audience
where counted.shared_doubts > 0 or not audience.withholds
