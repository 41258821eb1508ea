-- One row per measure, unit and area for which that unit reports it
-- (area_id null: not by area).
select
    unit.plan_id,
    measure.measure,
    unit.unit_id,
    place.area_id,
from raw.measure_place as place
inner join raw.measure as measure using (measure_key)
inner join raw.unit as unit using (unit_key)
