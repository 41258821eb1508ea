-- One row per measure, area and unit of current submissions that the plan
-- file no longer has at that place, so that their figures count nowhere.
select
    submission.submission_no,
    submission.plan_key,
    submission.unit_key,
    submission.period_key,
    reading.measure,
    reading.value,
from ledger.main.reading as reading
inner join core.submission_current as submission
    on reading.submission_no = submission.submission_no
left join raw.measure as measure
    on submission.plan_key = measure.plan_key
    and reading.measure = measure.measure
left join raw.measure_place as place
    on measure.measure_key = place.measure_key
    and submission.unit_key = place.unit_key
    and reading.area_id is not distinct from place.area_id
where
    reading.state in ('reported', 'nil')
    and place.measure_key is null
