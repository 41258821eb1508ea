-- One row per claim in which a measure that its unit reports has no row, with those measures;
-- where a department has rows for some areas, the areas that are left out. Of the claims that are
-- listed at all: of a large file many may lack something, and putting names together is dear.
with lacking as (
    select
        expected.claim_no, expected.area_id, expected.sixty,
        expected.measures & ~coalesce(judged.measures, 0) as measures
    from intake.expected_place as expected
    left join intake.judged_place as judged
        on
            expected.claim_no = judged.claim_no
            and expected.sixty = judged.sixty
            and expected.area_id is not distinct from judged.area_id
),

listed_claim as (
    select claim.claim_no, count(*) over () as problem_count
    from intake.claim as claim
    semi join (from lacking where measures <> 0) as lacking using (claim_no)
    order by claim.first_row
    limit getvariable('most_listed')
),

present as (
    select claim_no, sixty, bit_or(measures) as measures
    from intake.judged_place
    semi join listed_claim using (claim_no)
    group by claim_no, sixty
),

-- of a measure that is there for some areas these are named
named as (
    select
        lacking.claim_no, measure.measure_key,
        any_value(measure.measure_name) || case
            when any_value(present.measures) & (1::bigint << (measure.measure_key % 60)) <> 0
                then ' (' || string_agg(distinct area.name, ', ' order by area.name) || ')'
            else ''
        end as measure_name
    from lacking
    semi join listed_claim using (claim_no)
    join intake.measure as measure
        on
            lacking.sixty = measure.measure_key // 60
            and lacking.measures & (1::bigint << (measure.measure_key % 60)) <> 0
    left join present on lacking.claim_no = present.claim_no and lacking.sixty = present.sixty
    left join raw.area as area on lacking.area_id = area.area_id
    where lacking.measures <> 0
    group by lacking.claim_no, measure.measure_key
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
    'measures_left_out' as code,
    claim.row_no, claim.sheet, claim.cell, claim.line,
    claim.plan, claim.unit, claim.period, claim.unit_name, claim.period_name,
    listed.measures::varchar as measures,
    array_to_string(listed.names[:8], '; ') || if(listed.measures > 8, '; …', '') as names,
    listed_claim.problem_count
from listed
join listed_claim using (claim_no)
join intake.claim_place as claim using (claim_no)
