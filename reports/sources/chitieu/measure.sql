-- One row per measure of a plan.
-- Key: plan_id, measure_no
-- Never null: plan_id, measure, measure_no, measure_name, unit, kind,
-- over_time, over_areas, is_of_one_place, is_sensitive, reported_by, has_indicator
select * exclude (decimals) rename (unit_of_measure as unit)
from marts.measure
