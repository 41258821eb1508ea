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
select 'large' from intake.judged_place
where largest > 1000 * (select min(population) from raw.area_population)
union
select 'repeated' from intake.judged_place
where sixty is not null and right_readings > bit_count(right_measures)
union
select 'empty' from (
    select claim.claim_no, sum(place.filled) as filled
    from intake.claim as claim
    left join intake.judged_place as place using (claim_no)
    where claim.unit_key is not null and not claim.is_nil_return
    group by claim.claim_no
)
where coalesce(filled, 0) = 0
union
select 'left_out' from intake.expected_place as expected
left join intake.judged_place as judged
    on
        expected.claim_no = judged.claim_no
        and expected.sixty = judged.sixty
        and expected.area_id is not distinct from judged.area_id
where expected.measures & ~coalesce(judged.measures, 0) <> 0
union
select unnest([measure_fault::varchar, area_fault::varchar, value_fault::varchar])
from (select distinct measure_fault, area_fault, value_fault from intake.judged)
