-- One row per reading of a current submission that carries a note of its
-- sender which somebody may read. The shared audience may where is_shared:
-- somebody has released the note, and it is not about a guarded measure, since
-- it may tell what the figure would.
select
    plan.plan_id,
    submission.submission_no,
    period.period,
    definition.measure,
    definition.measure_name,
    unit.unit_id,
    unit.unit_name,
    reading.area_id,
    reporting.area_name,
    reading.state,
    if(reading.state = 'nil', 0, reading.value)::decimal(18, 4) as value,
    note.note,
    note.audience = 'shared' and not definition.is_guarded as is_shared,
from ledger.main.reading as reading
inner join core.submission_current as submission
    on reading.submission_no = submission.submission_no
inner join staging.note as note
    on reading.submission_no = note.submission_no
    and reading.measure = note.measure
    and reading.area_id is not distinct from note.area_id
inner join raw.plan as plan
    on submission.plan_key = plan.plan_key
inner join raw.period as period
    on submission.period_key = period.period_key
inner join raw.unit as unit
    on submission.unit_key = unit.unit_key
inner join raw.measure as definition
    on submission.plan_key = definition.plan_key
    and reading.measure = definition.measure
left join raw.reporting_area as reporting
    on submission.plan_key = reporting.plan_key
    and reading.area_id = reporting.area_id
where note.audience is not null
