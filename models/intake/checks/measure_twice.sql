-- One row per measure and area that a claim gives more than once, at its first place, with all.
with repeated as materialized (
    select claim_no, measure_key, area_id, count(*) as times
    from intake.judged
    where measure_key is not null and measure_fault is null and area_fault is null
    group by claim_no, measure_key, area_id
    having count(*) > 1
),

places as (
    select
        repeated.claim_no, repeated.measure_key, repeated.area_id, any_value(times) as times,
        min(judged.row_no) as first_row,
        string_agg(
            place_of(judged.sheet, judged.cell, judged.line), '; ' order by judged.row_no
        ) as places
    from repeated
    join intake.judged as judged
        on
            repeated.claim_no = judged.claim_no
            and repeated.measure_key = judged.measure_key
            and repeated.area_id is not distinct from judged.area_id
            and judged.area_fault is null
    group by repeated.claim_no, repeated.measure_key, repeated.area_id
)

-- not from intake.reading: few or none are looked up, of very many
select
    judged.row_no, judged.sheet, judged.cell, judged.line, measure.measure_name,
    area_words(if(claim.unit_area_id is null, area.name, null)) as area_words,
    claim.unit_name, claim.period_name, places.times::varchar as times, places.places
from places
join intake.judged as judged on places.first_row = judged.row_no
join intake.claim as claim on places.claim_no = claim.claim_no
join intake.measure as measure on places.measure_key = measure.measure_key
left join raw.area as area on places.area_id = area.area_id
where claim.unit_key is not null
