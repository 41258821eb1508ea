-- One row per claim, area and sixty measures, what all checks that look for what is there or not
-- begin with: which measures there are, each a bit, and how many readings; the same of those whose
-- measure and area are right; how many say anything, and the largest figure.
select
    claim_no,
    area_id,
    measure_key // 60 as sixty,
    count(*) as readings,
    bit_or(1::bigint << (measure_key % 60)) as measures,
    count(*) filter (where is_right) as right_readings,
    bit_or(1::bigint << (measure_key % 60)) filter (where is_right) as right_measures,
    count(*) filter (where state is distinct from 'blank') as filled,
    max("value") as largest
from (select *, measure_fault is null and area_fault is null as is_right from intake.judged)
group by claim_no, area_id, measure_key // 60
