-- One row per suspicion that one cheap look over all rows finds. A check whose suspicion is not
-- among them would find nothing and is not run.
select 'claim' as suspicion
from intake.claim
where
    plan_key is null or period_key is null or unit_key is null or times > 1
    or data_from > getvariable('received_on') or data_to < in_force_from
union
select 'nil_return' from intake.claim where is_nil_return
union
select 'early' from intake.claim
where is_early
union
select 'parts' from raw.measure_part
union
select 'percentages' from raw.measure_percentage
union
select 'percentages' from intake.judged where contains(note, '%')
union
select 'departments' from intake.claim where unit_key is not null and unit_area_id is null
union
select 'large' from intake.judged
where "value" > 1000 * (select min(population) from raw.area_population)
union
select 'left_out' from (
    select claim_no, count(*) as places from intake.expected_reading
    group by claim_no
) as expected
left join (
    select claim_no, count(*) as readings from intake.judged
    group by claim_no
) as judged using (claim_no)
where coalesce(judged.readings, 0) < expected.places
union
select unnest([measure_fault::varchar, area_fault::varchar, value_fault::varchar])
from (select distinct measure_fault, area_fault, value_fault from intake.judged)
