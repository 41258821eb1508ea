-- Grain: figure above the one that bounds it × place of that one.
with above as materialized (
    select judged.*, other.row_no as other_row, other.measure_key as other_measure_key
    from intake.judged as judged
    join intake.measure as measure using (measure_key)
    join intake.judged as other
        on
            judged.claim_no = other.claim_no
            and measure.at_most_key = other.measure_key
            and judged.area_id is not distinct from other.area_id
    where
        judged."value" > other."value"
        and judged.area_fault is null
        and other.area_fault is null
)

-- not from intake.reading: few or none are looked up, of very many
select
    'above_at_most' as code,
    above.row_no, above.sheet, above.cell, above.line, measure.measure_name,
    area_words(if(claim.unit_area_id is null, area.name, null)) as area_words,
    raw."value", other_measure.measure_name as other_name, other."value" as other_value,
    place_of(other.sheet, other.cell, other.line) as other_place,
    above.other_row
from above
join intake.raw_reading as raw using (row_no)
join intake.raw_reading as other on above.other_row = other.row_no
join intake.claim as claim using (claim_no)
join intake.measure as measure using (measure_key)
join intake.measure as other_measure on above.other_measure_key = other_measure.measure_key
left join raw.area as area on above.area_id = area.area_id
where claim.unit_key is not null
