-- One row per plan and ward: how its indicators stand, each in the period in
-- which it is looked at first, how many are not met or behind, and which place
-- the ward takes in the order of attention, and as a shade of the map.
-- Key: plan_id, area_id
-- Never null: plan_id, area_id, indicators, each status, lacking, attention,
-- attention_no, shade
with

-- named where the plan's indicators are not all of one period
silent as (

    select
        place.plan_id,
        place.area_id,
        string_agg(
            marts.name_within_year(period.period_name, period.year), ', '
            order by period.data_to, period.period_no
        ) as period_names
    from (
        select
            plan_id,
            area_id,
            unnest(silent_in) as period
        from marts.status_by_place
        where period is null and area_id is not null
    ) as place
    inner join marts.period as period using (plan_id, period)
    semi join marts.compared_period() as other
        on place.plan_id = other.plan_id
        and place.period <> other.period
    group by place.plan_id, place.area_id

)

select
    place.plan_id,
    place.area_id,
    place.indicators,
    columns(lambda name: list_contains(marts.all_statuses(), name)),
    place.lacking,
    place.attention,
    place.attention_no,
    -- for which periods it has sent nothing, where the plan's indicators are of several
    silent.period_names as silent_in,
    -- how dark its tile is on the map, the darkest 100
    if(
        place.attention = 'not_reported' or max(place.lacking) over of_plan = 0,
        0,
        100 * place.lacking / max(place.lacking) over of_plan
    )::double as shade
from marts.status_by_place as place
left join silent using (plan_id, area_id)
where place.area_id is not null and place.period is null
window of_plan as (partition by place.plan_id)
