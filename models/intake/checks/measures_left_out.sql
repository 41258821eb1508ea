-- One row per claim in which a measure that its unit reports has no row, with those measures;
-- where a department has rows for some areas, the areas that are left out.
with missing as (
    select expected.claim_no, expected.measure_key, expected.measure_name, expected.area_id
    from intake.expected_reading as expected
    anti join intake.judged as judged
        on
            expected.claim_no = judged.claim_no
            and expected.measure_key = judged.measure_key
            and expected.area_id is not distinct from judged.area_id
),

-- of a measure that is there for some areas these are named
named as (
    select
        missing.claim_no, missing.measure_key,
        any_value(missing.measure_name) || case
            when count(judged.claim_no) > 0
                then ' (' || string_agg(distinct area.name, ', ' order by area.name) || ')'
            else ''
        end as measure_name
    from missing
    left join (select distinct claim_no, measure_key from intake.judged) as judged
        using (claim_no, measure_key)
    left join intake.area_name as area on missing.area_id = area.area_id
    group by missing.claim_no, missing.measure_key
),

listed as (
    select
        claim_no,
        count(*) as measures,
        list(measure_name order by measure_key) as names
    from named
    group by claim_no
)

select
    claim.row_no, claim.sheet, claim.cell, claim.line, claim.unit_name, claim.period_name,
    listed.measures::varchar as measures,
    array_to_string(listed.names[:8], '; ') || if(listed.measures > 8, '; …', '') as names
from listed
join intake.claim_place as claim using (claim_no)
