-- One row per row of marts.doubt_by_indicator. The shared audience is not told
-- that there is a doubt about a guarded measure.
select
    counted.plan_id,
    counted.indicator_code,
    counted.period,
    counted.area_id,
    if(audience.withholds, counted.shared_doubts, counted.doubts) as doubts,
from marts.doubt_by_indicator as counted
cross join audience
where counted.shared_doubts > 0 or not audience.withholds
