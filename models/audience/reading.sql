-- Grain: as the mart. The shared audience sees a figure of a guarded measure,
-- with its cell, only where the latest published version of the period shows
-- the same figure. Versions show none of a department that shares a measure
-- with others. It sees no unreleased note. Blank figures are public, as
-- coverage is.
with

published as (

    select
        line.plan_id,
        line.code as measure,
        line.period,
        line.area_id,
        line.value_in_period,
        sent.submission_no,
    from marts.report_line as line
    inner join audience
        on line.audience = audience.name
    inner join marts.report_submission as sent
        on line.plan_id = sent.plan_id
        and line.period = sent.period
        and line.version = sent.version
        and line.period = sent.submission_period
    left join (
        select
            plan_id,
            measure,
            count(*) as places,
        from marts.measure_place
        group by plan_id, measure
    ) as reported
        on line.plan_id = reported.plan_id
        and line.code = reported.measure
    where
        line.section = 'measure'
        and line.is_latest
        and not line.is_withheld
        and (line.area_id is not null or reported.places = 1)

),

seen as (

    select
        reading.*,
        audience.withholds
        and reading.is_guarded
        and published.submission_no is null as is_withheld,
        audience.withholds,
    from marts.reading as reading
    cross join audience
    left join published
        on reading.plan_id = published.plan_id
        and reading.measure = published.measure
        and reading.period = published.period
        and reading.area_id is not distinct from published.area_id
        and reading.submission_no = published.submission_no
        and reading.value = published.value_in_period

)

select
    columns([
        'plan_id', 'submission_no', 'period', 'unit_id', 'measure', 'area_id',
        'is_current'
    ]),
    if(is_withheld, null, state) as state,
    if(is_withheld, null, value) as value,
    seen.value is null as is_blank,
    if(is_withheld or (withholds and not is_note_shared), null, note)
        as note,
    -- a sheet that was named anew bears a text of whoever sent it
    if(is_withheld or (withholds and sheet <> 'Biểu số liệu'), null, sheet)
        as sheet,
    if(is_withheld, null, cell) as cell,
    if(is_withheld, null, line) as line,
    is_withheld,
from seen
