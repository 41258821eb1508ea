-- One row per measure, place and period for which a figure is due: the
-- plan is in force and, where the place is an area, it exists on the
-- period's last day.
select
    place.measure_key,
    place.place_key,
    place.unit_key,
    period.plan_key,
    period.period_key,
    period.kind,
    period.year,
    period.position,
    period.is_base,
from raw.measure_place as place
inner join raw.measure as measure
    on place.measure_key = measure.measure_key
inner join core.period_in_force as period
    on measure.plan_key = period.plan_key
left join raw.area as area
    on place.area_id = area.area_id
where
    (area.valid_from is null or area.valid_from <= period.data_to)
    and (area.valid_to is null or period.data_to <= area.valid_to)
