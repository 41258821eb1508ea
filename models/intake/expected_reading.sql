-- One row per figure that a claim of a known unit should have a place for: its measures that are
-- reported for the period, those that a department reports by area once an area.
select
    claim.claim_no, measure.measure_key, measure.measure_name,
    if(claim.unit_area_id is null, in_period.area_id, claim.unit_area_id) as area_id
from intake.claim as claim
join raw.measure_entry as entry on claim.entry_no = entry.entry_no
join intake.measure as measure
    on entry.measure_key = measure.measure_key and claim.plan_key = measure.plan_key
join raw.measure as definition on measure.measure_key = definition.measure_key
join raw.measure_period as life
    on measure.measure_key = life.measure_key and claim.period_key = life.period_key
left join intake.area_in_period as in_period
    on
        if(claim.unit_area_id is null and measure.by_area, claim.period_key, null)
        = in_period.period_key
where
    claim.unit_key is not null
    and life.is_owed
    and (definition.applies_from is null or definition.applies_from <= claim.data_to)
    and (claim.unit_area_id is not null or not measure.by_area or in_period.area_id is not null)
