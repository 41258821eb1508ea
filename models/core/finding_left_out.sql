-- One row per figure that a unit had reported and that the submission which
-- replaced it leaves blank, so that it is missing now.
with

replaced as (

    select
        earlier.submission_no as earlier_no,
        current.submission_no,
        current.plan_key,
        current.unit_key,
        current.period_key,
    from core.submission_kept as earlier
    inner join core.submission_current as current
        on earlier.unit_key = current.unit_key
        and earlier.period_key = current.period_key
        and earlier.submission_no <> current.submission_no
    qualify row_number() over (
        partition by current.submission_no
        order by earlier.received_at desc, earlier.submission_no desc
    ) = 1

)

select
    replaced.submission_no,
    replaced.plan_key,
    replaced.unit_key,
    replaced.period_key,
    reading.measure,
    reading.area_id,
    if(reading.state = 'nil', 0, reading.value) as compared_with,
from replaced
inner join ledger.main.reading as reading
    on replaced.earlier_no = reading.submission_no
    and reading.state in ('reported', 'nil')
anti join ledger.main.reading as now
    on replaced.submission_no = now.submission_no
    and reading.measure = now.measure
    and reading.area_id is not distinct from now.area_id
    and now.state in ('reported', 'nil')
