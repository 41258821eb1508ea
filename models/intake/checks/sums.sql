-- Grain: figure × problem with others of its claim: it is above the one that bounds it (once for
-- each place of that one), or is not what its parts add up to.
with figure as (
    select claim_no, row_no, measure_key, area_id, "value"
    from intake.judged
    where area_fault is null
),

above as materialized (
    select
        figure.row_no, other.row_no as other_row, other.measure_key as other_measure_key
    from figure
    join intake.measure as measure using (measure_key)
    join figure as other
        on
            figure.claim_no = other.claim_no
            and measure.at_most_key = other.measure_key
            and figure.area_id is not distinct from other.area_id
    where figure."value" > other."value"
),

sums as materialized (
    select
        total.row_no,
        any_value(total."value") as total,
        sum(part."value") as "sum",
        count(part."value") as given,
        count(*) as needed,
        string_agg(part_measure.measure_name, '; ') as parts
    from raw.measure_part as measure_part
    join figure as total using (measure_key)
    join intake.measure as part_measure on measure_part.part_key = part_measure.measure_key
    left join figure as part
        on
            total.claim_no = part.claim_no
            and measure_part.part_key = part.measure_key
            and total.area_id is not distinct from part.area_id
    where total."value" is not null
    group by total.row_no
),

wrong as (
    select
        'above_at_most' as code, row_no, other_row, other_measure_key,
        null as "sum", null as parts
    from above
    union all
    select
        if(given = needed, 'parts_differ', 'parts_above'), row_no, null, null,
        plain("sum"), parts
    from sums
    where if(given = needed, total <> "sum", total < "sum")
)

-- not from intake.reading: few or none are looked up, of very many
select
    wrong.code, judged.row_no, judged.sheet, judged.cell, judged.line, measure.measure_name,
    area_words(if(claim.unit_area_id is null, area.name, null)) as area_words,
    typed."value", wrong.other_row, other_measure.measure_name as other_name,
    other."value" as other_value, place_of(other.sheet, other.cell, other.line) as other_place,
    wrong."sum", wrong.parts
from wrong
join intake.judged as judged using (row_no)
join intake.raw_reading as typed using (row_no)
join intake.claim as claim using (claim_no)
join intake.measure as measure using (measure_key)
left join raw.area as area on judged.area_id = area.area_id
left join intake.raw_reading as other on wrong.other_row = other.row_no
left join intake.measure as other_measure
    on wrong.other_measure_key = other_measure.measure_key
where claim.unit_key is not null
