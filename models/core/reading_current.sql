-- One row per measure, place and period that the current submission holds
-- with a figure: reported, or nil, which counts as 0. Blank cells are not
-- here: blank is missing, never zero.
with

reading as (

    select
        submission_no,
        measure,
        area_id,
        state = 'nil' as is_nil,
        if(is_nil, 0, value) as value,
    from ledger.main.reading
    where state in ('reported', 'nil')

)

select
    place.measure_key,
    place.place_key,
    submission.period_key,
    submission.submission_no,
    reading.is_nil,
    reading.value,
from reading
inner join core.submission_current as submission
    on reading.submission_no = submission.submission_no
inner join raw.measure as measure
    on submission.plan_key = measure.plan_key
    and reading.measure = measure.measure
inner join raw.measure_place as place
    on measure.measure_key = place.measure_key
    and submission.unit_key = place.unit_key
    and reading.area_id is not distinct from place.area_id
