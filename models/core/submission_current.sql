-- One row per unit and period: the submission that counts as of the asked
-- moment, which is the one received last. It replaces earlier ones whole. None
-- where it was sent back or recalled.
select
    submission_no,
    receipt_no,
    plan_key,
    period_key,
    unit_key,
    received_at,
from core.submission_kept
qualify row_number() over (
    partition by period_key, unit_key
    order by received_at desc, submission_no desc
) = 1
