-- Grain: audience × plan × period × area (area_id null: the plan's whole area).
-- How many indicators stand how. Rank 1 needs attention most.
with

tally as (

    select
        plan_id,
        period,
        if(place.audience = 'release', 'shared', place.audience) as audience,
        area_id,
        area_code,
        area_name,
        area_no,
        indicators,
        columns(lambda name: list_contains(published_statuses(), name)),
        attention_rank,
    from marts.status_by_place as place
    where
        period is not null
        and place.audience in ('release', 'city')

)

select
    tally.plan_id as report_plan,
    tally.period as report_period,
    tally.* exclude (plan_id, period),
    area.area_name_within_sentence,
from tally
left join marts.area as area
    on tally.plan_id = area.plan_id
    and tally.area_id = area.area_id
order by report_plan, report_period, audience, tally.area_no
