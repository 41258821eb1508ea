-- One row per audience, plan, period and area (area_id null: the plan's whole
-- area): how many indicators stand how. Rank 1 needs attention most.
select
    tally.plan_id as report_plan,
    tally.period as report_period,
    if(tally.audience = 'release', 'shared', tally.audience) as audience,
    tally.area_id,
    tally.area_code,
    tally.area_name,
    tally.area_no,
    tally.indicators,
    tally.met,
    tally."within",
    tally.on_track,
    tally.behind,
    tally.not_yet,
    tally.not_met,
    tally.not_arising,
    tally.in_doubt,
    tally.not_reported,
    tally.not_applicable,
    tally.withheld,
    tally.attention_rank,
    area.area_name_within_sentence,
from marts.status_by_place as tally
left join marts.area as area
    on tally.plan_id = area.plan_id
    and tally.area_id = area.area_id
where
    tally.period is not null
    and tally.audience in ('release', 'city')
order by report_plan, report_period, audience, tally.area_no
