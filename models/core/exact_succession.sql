-- One row per plan, area that is exactly made of areas that report to it, and
-- area that it is made of, at once (steps 1) or through areas in between. Its
-- series goes on with the figures of those. What became several areas is made
-- into none exactly, nor is what has a part that does not report.
with recursive

became as (

    select
        *,
        count(*) over (partition by area_id) as successors,
        count(*) over (partition by successor_id) as parts,
    from raw.area_successor

),

made_of as (

    select
        reporting.plan_key,
        became.successor_id,
        became.area_id,
    from became
    inner join raw.reporting_area as reporting using (area_id)
    window of_plan as (partition by reporting.plan_key, became.successor_id)
    qualify
        bool_and(is_exact and successors = 1) over of_plan
        and count(*) over of_plan = parts

),

-- a circle of areas, which no dates allow, would end here
line as (

    select
        plan_key,
        successor_id,
        area_id,
        1 as steps,
    from made_of
    union all
    select
        line.plan_key,
        line.successor_id,
        made_of.area_id,
        line.steps + 1 as steps,
    from line
    inner join made_of
        on line.plan_key = made_of.plan_key
        and line.area_id = made_of.successor_id
    where line.steps < 9

)

select *
from line
