-- One row per plan, measure without a target, ward and period. Small counts
-- are withheld here, so that they are in no file of the site.
-- Never null: plan_id, measure, period, area_id, is_reported, is_nil,
-- is_hidden
select
    ward.plan_id,
    ward.measure,
    ward.period,
    ward.area_id,
    if(ward.is_disclosive, null, ward.value_to_date)::double as value_to_date,
    if(ward.is_disclosive, null, ward.value_in_period)::double
        as value_in_period,
    ward.is_reported,
    if(ward.is_disclosive, false, ward.is_nil) as is_nil,
    ward.is_disclosive as is_hidden
from marts.measure_by_ward_period as ward
inner join marts.measure as measure
    on ward.plan_id = measure.plan_id
    and ward.measure = measure.measure
where not measure.has_indicator
