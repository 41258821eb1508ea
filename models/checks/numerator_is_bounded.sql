-- Violations: a submission, judged by the plan file of today, in which a
-- measure is above the measure it may never exceed. Intake refuses such a
-- file; one that came under an earlier plan file is a doubt, not a violation.
select
    submission.plan_id,
    submission.unit_id,
    submission.period,
    submission.file_name,
    measure.measure,
    reading.place_key,
    reading.value,
    bound.value as bound_value,
from core.reading_current as reading
inner join raw.measure as measure using (measure_key)
inner join core.reading_current as bound
    on measure.at_most_key = bound.measure_key
    and reading.place_key = bound.place_key
    and reading.submission_no = bound.submission_no
inner join staging.submission as submission
    on reading.submission_no = submission.submission_no
inner join raw.plan as plan
    on submission.plan_key = plan.plan_key
    and submission.plan_sha256 = plan.plan_sha256
where reading.value > bound.value
