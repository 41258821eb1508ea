-- One row per submission known as of the asked moment, of a plan, unit and
-- period that the plan files still have.
select
    -- keys
    submission.submission_no,
    submission.receipt_no,
    period.plan_key,
    period.period_key,
    unit.unit_key,

    -- what it is
    submission.plan_id,
    submission.unit_id,
    submission.period,
    submission.is_nil_return,
    submission.plan_sha256,
    submission.unit_code,
    receipt.file_name,
    receipt.sha256,
    receipt.medium,
    receipt.is_demonstration,
    handed.plan_id as handed_plan,
    handed.period as handed_period,
    handed.version as handed_version,
    handed.reason as handed_reason,

    -- times
    receipt.received_at,
    receipt.recorded_at,
from ledger.main.submission as submission
inner join ledger.main.receipt as receipt using (receipt_no)
inner join raw.period as period using (plan_id, period)
inner join raw.unit as unit using (plan_id, unit_id)
left join ledger.main.handed_up as handed using (receipt_no)
where receipt.recorded_at <= getvariable('as_of')
