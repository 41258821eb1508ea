-- One row per indicator and year that is based on a guarded measure: whether its
-- figures are withheld from the shared audience.
with

part as (

    select distinct
        part.indicator_key,
        measure.guard_group,
    from core.indicator_measure as part
    inner join raw.measure as measure using (measure_key)

)

select
    part.indicator_key,
    disclosure.year,
    bool_or(disclosure.is_area_disclosive) as is_area_disclosive,
    bool_or(disclosure.is_whole_disclosive) as is_whole_disclosive,
from part
inner join core.disclosure as disclosure using (guard_group)
group by part.indicator_key, disclosure.year
