-- Grain: submission × measure × area. Every reading known as of the moment, of
-- submissions that count (is_current) and of replaced ones: what stood in which
-- cell, or on which line. note: null for a note that may be about a person or
-- was struck out; of a guarded measure none is for the shared audience.
-- is_partial: handed up by another office, to which something of it is still
-- owed; is_withheld: which keeps it from everybody.
select
    submission.plan_key,
    submission.submission_no,
    submission.period_key,
    submission.unit_key,
    place.measure_key,
    place.place_key,
    place.area_id,
    current.submission_no is not null as is_current,
    reading.state,
    if(reading.state = 'nil', 0, reading.value)::decimal(18, 4) as value,
    if(note.audience is null, null, note.note) as note,
    coalesce(note.audience = 'shared' and not measure.is_guarded, false)
        as is_note_shared,
    reading.sheet,
    reading.cell,
    reading.line,
    coalesce(reading.is_partial, false) as is_partial,
    coalesce(reading.is_withheld, false) as is_withheld,
from ledger.main.reading as reading
inner join staging.submission as submission using (submission_no)
inner join raw.measure as measure using (plan_key, measure)
inner join raw.measure_place as place
    on measure.measure_key = place.measure_key
    and submission.unit_key = place.unit_key
    and reading.area_id is not distinct from place.area_id
left join staging.note as note
    on reading.submission_no = note.submission_no
    and reading.measure = note.measure
    and reading.area_id is not distinct from note.area_id
left join core.submission_current as current using (submission_no)
