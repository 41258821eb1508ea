-- One row per plan, ward and period: how its indicators stand and when its
-- own report came.
-- Never null: plan_id, period, area_id, indicators, met, on_track, behind,
-- not_met, not_arising, not_reported, not_applicable, withheld
select
    ward.plan_id,
    ward.period,
    ward.area_id,
    count(*)::integer as indicators,
    count(*) filter (where ward.status_shown = 'met')::integer as met,
    count(*) filter (where ward.status_shown = 'on_track')::integer as on_track,
    count(*) filter (where ward.status_shown = 'behind')::integer as behind,
    count(*) filter (where ward.status_shown = 'not_met')::integer as not_met,
    count(*) filter (where ward.status_shown = 'not_arising')::integer as not_arising,
    count(*) filter (where ward.status_shown = 'not_reported')::integer
        as not_reported,
    count(*) filter (where ward.status_shown = 'not_applicable')::integer
        as not_applicable,
    count(*) filter (where ward.status_shown = 'withheld')::integer as withheld
from marts.attainment_by_ward_period as ward
group by ward.plan_id, ward.period, ward.area_id
