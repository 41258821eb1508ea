-- Grain: audience × plan × period × area (area_id null: the plan's whole area).
-- How many indicators have which status. Rank 1 needs attention most.
select
    place.plan_id as report_plan,
    place.period as report_period,
    place.* replace (
        if(place.audience = 'release', 'shared', place.audience) as audience
    ),
    area.area_name_within_sentence,
from marts.status_by_place as place
left join marts.area as area using (plan_id, area_id)
where
    place.period is not null
    and place.audience in ('release', 'city')
order by report_plan, report_period, audience, place.area_no
