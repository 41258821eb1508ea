-- One row per figure (measure, place and period for which one is due) and
-- period whose reading that figure stands on (source_key): which reading
-- counts. A base period stands on its own reading. A period that covers others
-- stands on the place's own reading for it where there is one (is_own), else
-- on those of its parts; a minimum on both. Null value: blank where something
-- was sent (submission_no), else missing.
with

due as (

    select
        reading.measure_key,
        reading.place_key,
        reading.unit_key,
        reading.plan_key,
        reading.period_key,
        reading.is_covering,
        reading.is_owed,
        submission.submission_no,
        reading.is_nil,
        reading.value,
    from core.measure_reading as reading
    left join core.submission_current as submission
        on reading.unit_key = submission.unit_key
        and reading.period_key = submission.period_key
    where
        reading.place_role = 'there'
        and (reading.is_base or reading.is_covering)

)

select
    measure_key,
    place_key,
    unit_key,
    plan_key,
    period_key,
    period_key as source_key,
    true as is_own,
    submission_no,
    is_nil,
    value,
from due
where not is_covering or (is_owed and submission_no is not null)

union all

select
    covering.measure_key,
    covering.place_key,
    covering.unit_key,
    covering.plan_key,
    covering.period_key,
    part.period_key as source_key,
    false as is_own,
    part.submission_no,
    part.is_nil,
    part.value,
from due as covering
inner join raw.measure as measure
    on covering.measure_key = measure.measure_key
inner join raw.measure_cover as cover
    on covering.measure_key = cover.measure_key
    and covering.period_key = cover.period_key
inner join due as part
    on covering.measure_key = part.measure_key
    and covering.place_key = part.place_key
    and cover.part_key = part.period_key
where covering.value is null or measure.over_time = 'min'
