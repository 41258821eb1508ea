-- One row per figure of a department's areas that is the total of the others. Four areas and a
-- figure of 20 at least: less may well agree by chance.
with totals as materialized (
    select
        claim.claim_no, judged.measure_key, arg_max(judged.row_no, judged."value") as row_no,
        count(*) - 1 as others
    from intake.judged as judged
    join intake.claim as claim using (claim_no)
    join intake.measure as measure using (measure_key)
    where
        claim.unit_area_id is null
        and measure.kind = 'count'
        and judged.area_id is not null
        and judged."value" > 0
    group by claim.claim_no, judged.measure_key
    having
        count(*) >= 4
        and max(judged."value") >= 20
        and 2 * max(judged."value") = sum(judged."value")
)

select
    'total_among_areas' as code,
    judged.row_no, judged.sheet, judged.cell, judged.line, measure.measure_name,
    area.name as area_name, plain(judged."value") as "value", totals.others::varchar as others
from totals
join intake.judged as judged using (row_no)
join intake.measure as measure on totals.measure_key = measure.measure_key
join raw.area as area on judged.area_id = area.area_id
