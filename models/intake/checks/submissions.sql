-- Grain: problem of the readings of one claim together: there is none, one is there more than once,
-- one is a figure although nothing arose.
with repeated as materialized (
    select claim_no, measure_key, area_id, count(*) as times
    from intake.judged
    where measure_key is not null and measure_fault is null and area_fault is null
    group by claim_no, measure_key, area_id
    having count(*) > 1
),

places as (
    select
        repeated.claim_no, repeated.measure_key, repeated.area_id,
        any_value(repeated.times) as times,
        min(judged.row_no) as row_no,
        arg_min(judged.sheet, judged.row_no) as sheet,
        arg_min(judged.cell, judged.row_no) as cell,
        min(judged.line) as line,
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
),

filled as materialized (
    select distinct claim_no from intake.judged where state is distinct from 'blank'
)

select
    'measure_twice' as code, places.row_no, places.sheet, places.cell, places.line,
    claim.unit_name, claim.period_name, measure.measure_name,
    area_words(if(claim.unit_area_id is null, area.name, null)) as area_words,
    places.times::varchar as times, places.places, null::varchar as "value"
from places
join intake.claim as claim using (claim_no)
join intake.measure as measure using (measure_key)
left join raw.area as area on places.area_id = area.area_id
where claim.unit_key is not null
union all
select
    'submission_empty' as code, row_no, sheet, cell, line, unit_name, period_name,
    null, null, null, null, null
from intake.claim_place as claim
anti join filled using (claim_no)
where claim.unit_key is not null and not claim.is_nil_return
union all
select
    'nil_return_with_figure' as code, row_no, sheet, cell, line, unit_name, period_name,
    measure_name, null, null, null, "value"
from intake.reading
where
    unit_key is not null
    and is_nil_return
    and over_time <> 'last'
    and state = 'reported'
    and figure <> 0
