-- Grain: plan × indicator × period × status: how many reporting areas have it,
-- and their names, one a line; provisional: of whom it may still change.
-- Key: plan_id, indicator_code, period, status
-- Never null: plan_id, indicator_code, period, status, wards, names
select
    ward.plan_id,
    ward.indicator_code,
    ward.period,
    ward.status,
    count(*)::integer as wards,
    string_agg(area.area_name_within_sentence, chr(10) order by area.area_no) as names,
    string_agg(area.area_name_within_sentence, chr(10) order by area.area_no)
        filter (where ward.is_provisional) as provisional
from marts.attainment_by_ward_period as ward
inner join marts.area as area using (plan_id, area_id)
group by ward.plan_id, ward.indicator_code, ward.period, ward.status
