-- View. Grain: submission × measure × area, as in core.reading.
select
    period.plan_id,
    reading.submission_no,
    period.period,
    unit.unit_id,
    measure.measure,
    reading.area_id,
    reading.is_current,
    reading.state,
    reading.value,
    reading.note,
    reading.is_note_shared,
    reading.sheet,
    reading.cell,
    reading.line,
    measure.is_guarded,
from core.reading as reading
inner join raw.period as period using (period_key)
inner join raw.unit as unit using (unit_key)
inner join raw.measure as measure using (measure_key)
