-- One row per measure, area of its plan that is gone, and period in which an
-- area that is exactly made of it and others goes on with its figures: one of
-- which the measure is asked.
select distinct
    measure.measure_key,
    gone.place_key,
    gone.period_key,
from core.place_in_period as gone
inner join core.exact_succession as succession
    on gone.plan_key = succession.plan_key
    and gone.place_key = succession.area_id
    and succession.steps = 1
inner join core.place_in_period as successor
    on gone.plan_key = successor.plan_key
    and gone.period_key = successor.period_key
    and succession.successor_id = successor.place_key
inner join raw.measure_place as place
    on successor.place_key = place.place_key
inner join raw.measure as measure
    on gone.plan_key = measure.plan_key
    and place.measure_key = measure.measure_key
where
    gone.place_role = 'gone'
    and successor.place_role in ('there', 'gone')
