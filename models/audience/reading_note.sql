-- One row per row of marts.reading_note. A note may tell what the figure would: of
-- sensitive measures both are withheld from the shared audience.
with

seen as (

    select
        sent.*,
        sent.is_sensitive and audience.withholds as is_withheld,
        audience.withholds,
    from marts.reading_note as sent
    cross join audience

)

select
    plan_id,
    submission_no,
    period,
    measure,
    measure_name,
    unit_id,
    unit_name,
    area_id,
    area_name,
    if(is_withheld, null, state) as state,
    if(is_withheld, null, value) as value,
    if(is_withheld, null, note) as note,
    is_withheld,
from seen
