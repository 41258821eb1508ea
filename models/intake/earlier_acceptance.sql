-- One row for bytes that were accepted before, else none: when, and whether accepting them once
-- more would change any figure.
with accepted as (
    select receipt_no, medium, received_at
    from ledger.receipt
    where sha256 = $sha256 and outcome = 'accepted'
),

brought as (
    select plan_id, unit_id, period
    from ledger.submission
    where receipt_no = (select max(receipt_no) from accepted)
),

moment as (
    select coalesce(bool_or(received_at = $received_at::timestamptz), false) as is_known
    from accepted
)

select
    arg_max(accepted.medium, accepted.receipt_no) as medium,
    epoch_ms(arg_min(accepted.received_at, accepted.receipt_no)) as first_received_at,
    any_value(moment.is_known) as has_moment,
    (
        -- put down before with the same moment, it would again come before what counts
        select bool_and(
            standing.sha256 = $sha256
            or (moment.is_known and standing.received_at > $received_at::timestamptz)
        )
        from brought
        join intake.standing_submission as standing using (plan_id, unit_id, period)
        cross join moment
    ) as changes_nothing
from accepted
cross join moment
having count(*) > 0
