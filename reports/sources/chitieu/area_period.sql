-- One row per plan, ward and period: how its indicators stand and when its
-- own report came.
select
    ward.plan_id,
    ward.period,
    ward.area_id,
    count(*)::integer as indicators,
    count(*) filter (where ward.status = 'met')::integer as met,
    count(*) filter (where ward.status = 'on_track')::integer as on_track,
    count(*) filter (where ward.status = 'behind')::integer as behind,
    count(*) filter (where ward.status = 'not_met')::integer as not_met,
    count(*) filter (where ward.status = 'not_arising')::integer as not_arising,
    count(*) filter (where ward.status = 'not_reported')::integer
        as not_reported,
    count(*) filter (where ward.status = 'not_applicable')::integer
        as not_applicable
from marts.attainment_by_ward_period as ward
group by ward.plan_id, ward.period, ward.area_id
