-- Grain: total that is not what its parts add up to: `parts_differ` where all are given,
-- `parts_above` where it is less than those that are.
with sums as materialized (
    select
        total.row_no,
        any_value(total."value") as total,
        sum(part."value") as "sum",
        count(part."value") as given,
        count(*) as needed,
        string_agg(part_measure.measure_name, '; ') as parts
    from raw.measure_part as measure_part
    join intake.judged as total using (measure_key)
    join intake.measure as part_measure on measure_part.part_key = part_measure.measure_key
    left join intake.judged as part
        on
            total.claim_no = part.claim_no
            and measure_part.part_key = part.measure_key
            and total.area_id is not distinct from part.area_id
            and part.area_fault is null
    where total."value" is not null and total.area_fault is null
    group by total.row_no
)

select
    if(sums.given = sums.needed, 'parts_differ', 'parts_above') as code,
    reading.row_no, reading.sheet, reading.cell, reading.line, reading.measure_name,
    area_words(if(reading.unit_area_id is null, area.name, null)) as area_words,
    reading."value", plain(sums."sum") as "sum", sums.parts
from sums
join intake.reading as reading using (row_no)
left join raw.area as area on reading.area_id = area.area_id
where
    reading.unit_key is not null
    and if(sums.given = sums.needed, sums.total <> sums."sum", sums.total < sums."sum")
