-- One row per reading of every submission known as of the asked moment, of
-- those that count (is_current) and of those that were replaced: what stood
-- in which cell, or on which line, of which file. Of a guarded measure no note is
-- for the shared audience. A note that may be about a person, or was struck
-- out, is for nobody.
select
    plan.plan_id,
    submission.submission_no,
    period.period,
    unit.unit_id,
    definition.measure,
    place.area_id,
    current.submission_no is not null as is_current,
    reading.state,
    if(reading.state = 'nil', 0, reading.value)::decimal(18, 4) as value,
    if(note.audience is null, null, note.note) as note,
    coalesce(note.audience = 'shared' and not definition.is_guarded, false)
        as is_note_shared,
    reading.sheet,
    reading.cell,
    reading.line,
    definition.is_guarded,
from ledger.main.reading as reading
inner join staging.submission as submission
    on reading.submission_no = submission.submission_no
inner join raw.plan as plan
    on submission.plan_key = plan.plan_key
inner join raw.period as period
    on submission.period_key = period.period_key
inner join raw.unit as unit
    on submission.unit_key = unit.unit_key
inner join raw.measure as definition
    on submission.plan_key = definition.plan_key
    and reading.measure = definition.measure
inner join raw.measure_place as place
    on definition.measure_key = place.measure_key
    and submission.unit_key = place.unit_key
    and reading.area_id is not distinct from place.area_id
left join staging.note as note
    on reading.submission_no = note.submission_no
    and reading.measure = note.measure
    and reading.area_id is not distinct from note.area_id
left join core.submission_current as current
    on submission.submission_no = current.submission_no
