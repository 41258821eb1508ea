-- One row per submission known as of the asked moment, of a plan, unit and
-- period that the plan files still have.
with

source as (

    select
        submission.submission_no,
        submission.receipt_no,
        submission.plan_id,
        submission.unit_id,
        submission.period,
        submission.is_nil_return,
        submission.plan_sha256,
        submission.unit_code,
        receipt.file_name,
        receipt.sha256,
        receipt.medium,
        receipt.received_at,
        receipt.recorded_at,
        receipt.is_demonstration,
        handed.plan_id as handed_plan,
        handed.period as handed_period,
        handed.version as handed_version,
        handed.reason as handed_reason,
    from ledger.main.submission as submission
    inner join ledger.main.receipt as receipt
        on submission.receipt_no = receipt.receipt_no
    left join ledger.main.handed_up as handed
        on submission.receipt_no = handed.receipt_no
    where receipt.recorded_at <= getvariable('as_of')

)

select
    -- keys
    source.submission_no,
    source.receipt_no,
    period.plan_key,
    period.period_key,
    unit.unit_key,

    -- what it is
    source.plan_id,
    source.unit_id,
    source.period,
    source.is_nil_return,
    source.plan_sha256,
    source.unit_code,
    source.file_name,
    source.sha256,
    source.medium,
    source.is_demonstration,
    source.handed_plan,
    source.handed_period,
    source.handed_version,
    source.handed_reason,

    -- times
    source.received_at,
    source.recorded_at,
from source
inner join raw.period as period
    on source.plan_id = period.plan_id
    and source.period = period.period
inner join raw.unit as unit
    on source.plan_id = unit.plan_id
    and source.unit_id = unit.unit_id
