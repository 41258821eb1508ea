-- One row per indicator, part of the plan's area of which it has a value of
-- its own, and place in it. scope: 'whole' (scope_no 0); 'group', of areas
-- with a target of their own (scope_no is the group's); 'place' (scope_no is
-- place_key).
with

place as (

    select distinct
        part.indicator_key,
        place.place_key,
    from raw.indicator_part as part
    inner join raw.measure_place as place using (measure_key)

)

select
    indicator_key,
    'whole' as scope,
    0 as scope_no,
    place_key,
from place
union all
select
    place.indicator_key,
    'group' as scope,
    target_group.group_no as scope_no,
    place.place_key,
from place
inner join raw.target_group as target_group
    on place.indicator_key = target_group.indicator_key
    and place.place_key = target_group.area_id
union all
select
    indicator_key,
    'place' as scope,
    place_key as scope_no,
    place_key,
from place
