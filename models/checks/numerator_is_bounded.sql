-- Violations: a submission in which a measure of one period is above the
-- measure it may never exceed. Intake refuses such a file.
select
    reading.submission_no,
    measure.measure,
    reading.place_key,
    reading.value,
    bound.value as bound_value,
from core.reading_current as reading
inner join raw.measure as measure
    on reading.measure_key = measure.measure_key
inner join core.reading_current as bound
    on measure.at_most_key = bound.measure_key
    and reading.place_key = bound.place_key
    and reading.submission_no = bound.submission_no
where reading.value > bound.value
