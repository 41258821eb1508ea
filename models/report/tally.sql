-- One row per audience, plan, period and area (area_id null: the plan's whole
-- area): how many indicators stand how. Rank 1 needs attention most.
select
    plan_id as report_plan,
    period as report_period,
    if(audience = 'release', 'shared', audience) as audience,
    area_id,
    area_code,
    area_name,
    area_no,
    indicators,
    met,
    "within",
    on_track,
    behind,
    not_yet,
    not_met,
    not_arising,
    in_doubt,
    not_reported,
    not_applicable,
    withheld,
    attention_rank,
from marts.status_by_place
where
    report_period is not null
    and status_by_place.audience in ('release', 'city')
order by report_plan, report_period, audience, area_no
