-- One row per row of marts.reading. A figure that would tell a small count is
-- withheld from the shared audience with its cell, and so is every note that
-- nobody has released for it. That a due figure is blank may be known: coverage
-- tells it.
with

seen as (

    select
        reading.*,
        reading.is_disclosive and audience.withholds as is_withheld,
        audience.withholds,
    from marts.reading as reading
    cross join audience

)

select
    plan_id,
    submission_no,
    period,
    unit_id,
    measure,
    area_id,
    is_current,
    if(is_withheld, null, state) as state,
    if(is_withheld, null, value) as value,
    value is null as is_blank,
    if(is_withheld or (withholds and not is_note_shared), null, note)
        as note,
    if(is_withheld, null, sheet) as sheet,
    if(is_withheld, null, cell) as cell,
    if(is_withheld, null, line) as line,
    is_withheld,
from seen
