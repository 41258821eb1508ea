-- One row per plan, indicator, period and place of which its origin is told: an
-- area, a department (area_id is null), or an area that is gone by then whose
-- flows of before count.
-- Key: plan_id, indicator_code, period, place_no
-- Never null: plan_id, indicator_code, period, place_no, slug, place_name,
-- place_name_within_sentence, is_reported, is_known, is_taken, is_gone,
-- periods_missing_before, is_hidden
select
    ward.plan_id,
    ward.indicator_code,
    ward.period,
    area.area_no as place_no,
    ward.area_id,
    null::varchar as unit_id,
    area.area_slug as slug,
    area.area_name as place_name,
    area.area_name_within_sentence as place_name_within_sentence,
    ward.status,
    ward.value,
    ward.value_in_period,
    ward.numerator,
    ward.denominator,
    ward.areas_reported = ward.areas_expected as is_reported,
    ward.areas_reported + ward.areas_carried = ward.areas_expected as is_known,
    ward.areas_left_out = 0 as is_taken,
    false as is_gone,
    ward.periods_missing_before,
    ward.is_provisional,
    ward.is_hidden
from chitieu.attainment_ward as ward
inner join chitieu.area as area using (plan_id, area_id)
where ward.areas_expected > 0
union all by name
select
    plan_id,
    indicator_code,
    period,
    1000 + unit_no as place_no,
    unit_id,
    unit_slug as slug,
    unit_name as place_name,
    unit_name as place_name_within_sentence,
    numerator,
    denominator,
    is_reported,
    is_known,
    is_taken,
    false as is_gone,
    0 as periods_missing_before,
    false as is_provisional,
    is_hidden
from chitieu.attainment_unit
union all by name
select
    gone.plan_id,
    gone.indicator_code,
    gone.period,
    100000 + area.area_no as place_no,
    gone.area_id,
    area.area_slug as slug,
    area.area_name as place_name,
    area.area_name_within_sentence as place_name_within_sentence,
    gone.numerator,
    gone.denominator,
    false as is_reported,
    true as is_known,
    true as is_taken,
    true as is_gone,
    0 as periods_missing_before,
    false as is_provisional,
    gone.is_hidden
from chitieu.attainment_gone as gone
inner join chitieu.area as area using (plan_id, area_id)
