-- One row per figure of a current submission that counts nowhere, because the
-- plan file no longer has its measure there, or because by today's dates
-- nothing is due for that place and period.
select
    submission.submission_no,
    submission.plan_key,
    submission.unit_key,
    submission.period_key,
    reading.area_id,
    reading.measure,
    reading.value,
from ledger.main.reading as reading
inner join core.submission_current as submission using (submission_no)
left join raw.measure as measure using (plan_key, measure)
left join raw.measure_place as place
    on measure.measure_key = place.measure_key
    and submission.unit_key = place.unit_key
    and reading.area_id is not distinct from place.area_id
left join core.measure_place_period as expected
    on place.measure_key = expected.measure_key
    and place.place_key = expected.place_key
    and submission.period_key = expected.period_key
    and expected.is_owed
where
    reading.state in ('reported', 'nil')
    and expected.measure_key is null
