-- One row per submission, current or replaced.
select
    submission_no,
    plan_id,
    unit_id,
    area_id,
    period,
    file_name,
    left(sha256, 12) as digest,
    is_nil_return,
    strftime(received_at::timestamp, '%H:%M %d/%m/%Y') as received_at,
    row_number() over (
        partition by plan_id, unit_id, period order by received_at, submission_no
    )::integer as submission_of_period,
    is_current
from marts.submission
