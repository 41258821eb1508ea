-- One row per area that is exactly made of others, and area that it is made
-- of, at once (steps 1) or through areas in between. Its series goes on with
-- the figures of those. What became several areas is made into none exactly.
with recursive

became as (

    select
        *,
        count(*) over (partition by area_id) as successors,
    from raw.area_successor

),

made_of as (

    select
        successor_id,
        area_id,
    from became
    qualify bool_and(is_exact and successors = 1) over (partition by successor_id)

),

-- a circle of areas, which no dates allow, would end here
line as (

    select
        successor_id,
        area_id,
        1 as steps,
    from made_of
    union all
    select
        line.successor_id,
        made_of.area_id,
        line.steps + 1 as steps,
    from line
    inner join made_of
        on line.area_id = made_of.successor_id
    where line.steps < 9

)

select *
from line
