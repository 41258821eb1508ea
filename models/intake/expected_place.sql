-- One row per claim of a known unit, area and sixty measures: the figures that it should have a
-- place for, each a bit as in `judged_place`. They are its measures that are reported for the
-- period, those that a department reports by area once an area.
with owed as (
    select
        life.period_key, measure.plan_key, entry.entry_no, measure.by_area,
        measure.measure_key // 60 as sixty,
        bit_or(1::bigint << (measure.measure_key % 60)) as measures
    from raw.measure_entry as entry
    join intake.measure as measure using (measure_key)
    join raw.measure as definition on measure.measure_key = definition.measure_key
    join raw.measure_period as life on measure.measure_key = life.measure_key
    join raw.period as period on life.period_key = period.period_key
    where
        life.is_owed
        and (definition.applies_from is null or definition.applies_from <= period.data_to)
    group by
        life.period_key, measure.plan_key, entry.entry_no, measure.by_area,
        measure.measure_key // 60
)

select
    claim.claim_no, owed.sixty, owed.measures,
    if(claim.unit_area_id is null, in_period.area_id, claim.unit_area_id) as area_id
from intake.claim as claim
join owed
    on
        claim.period_key = owed.period_key
        and claim.plan_key = owed.plan_key
        and claim.entry_no = owed.entry_no
left join intake.area_in_period as in_period
    on
        if(claim.unit_area_id is null and owed.by_area, claim.period_key, null)
        = in_period.period_key
where
    claim.unit_key is not null
    and (claim.unit_area_id is not null or not owed.by_area or in_period.area_id is not null)
