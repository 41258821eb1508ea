-- View. Grain: reading of a current submission with a note of its sender that
-- somebody may read; the shared audience may where is_shared.
select
    period.plan_id,
    reading.submission_no,
    period.period,
    measure.measure,
    measure.measure_name,
    unit.unit_id,
    unit.unit_name,
    reading.area_id,
    reporting.area_name,
    reading.state,
    reading.value,
    reading.note,
    reading.is_note_shared as is_shared,
from core.reading as reading
inner join raw.period as period using (period_key)
inner join raw.unit as unit using (unit_key)
inner join raw.measure as measure using (measure_key)
left join raw.reporting_area as reporting
    on reading.plan_key = reporting.plan_key
    and reading.area_id = reporting.area_id
where reading.is_current and reading.note is not null
