-- One row per plan, part of an area's territory that a change compares with
-- itself (scope 'place': an area with those that it is exactly made of; 'whole':
-- areas that became one another, by the least of their ids; any other place
-- alone) and place of the plan in it.
with recursive

edge as (

    select
        unnest([area_id, successor_id]) as one_id,
        unnest([successor_id, area_id]) as other_id,
    from raw.area_successor

),

reached as (

    select
        one_id,
        one_id as other_id,
    from edge
    union
    select
        reached.one_id,
        edge.other_id,
    from reached
    inner join edge
        on reached.other_id = edge.one_id

),

component as (

    select
        one_id as place_key,
        min(other_id) as member_of,
    from reached
    group by one_id

),

place as (

    select distinct
        measure.plan_key,
        place.place_key,
    from raw.measure_place as place
    inner join raw.measure as measure using (measure_key)

)

select
    place.plan_key,
    unnest(['whole', 'place']) as scope,
    unnest([coalesce(component.member_of, place.place_key), place.place_key])
        as member_of,
    place.place_key,
from place
left join component using (place_key)
union all
select
    place.plan_key,
    'place' as scope,
    succession.successor_id as member_of,
    place.place_key,
from core.exact_succession as succession
inner join place
    on succession.plan_key = place.plan_key
    and succession.area_id = place.place_key
