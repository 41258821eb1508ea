-- One row per area of a plan that is gone and period in which an area that is
-- exactly made of it and others goes on with its figures.
select distinct
    gone.plan_key,
    gone.place_key,
    gone.period_key,
from core.place_in_period as gone
inner join core.exact_succession as succession
    on gone.place_key = succession.area_id
    and succession.steps = 1
inner join core.place_in_period as successor
    on gone.plan_key = successor.plan_key
    and gone.period_key = successor.period_key
    and succession.successor_id = successor.place_key
where
    gone.place_role = 'gone'
    and successor.place_role in ('there', 'gone')
