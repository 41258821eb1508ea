-- One row per unit and period whose last file was refused: nothing that the
-- unit sent for the period since then was accepted, not even once more what
-- had been accepted before, and the office has not let that stand.
with

refused as (

    select
        period.plan_key,
        period.period_key,
        unit.unit_key,
        unit.area_id,
        receipt.receipt_no,
        receipt.sha256,
        receipt.file_name,
        receipt.received_at,
        receipt.recorded_at,
    from ledger.main.refusal as refusal
    inner join ledger.main.receipt as receipt using (receipt_no)
    inner join raw.period as period using (plan_id, period)
    inner join raw.unit as unit using (plan_id, unit_id)
    where receipt.recorded_at <= getvariable('as_of')
    qualify row_number() over (
        partition by period.period_key, unit.unit_key
        order by receipt.received_at desc, receipt.receipt_no desc
    ) = 1

),

accepted as (

    select
        submission.period_key,
        submission.unit_key,
        receipt.received_at,
        receipt.receipt_no,
    from staging.submission as submission
    inner join ledger.main.receipt as receipt using (sha256)
    where
        receipt.outcome <> 'refused'
        and receipt.recorded_at <= getvariable('as_of')

)

select refused.* exclude (receipt_no, recorded_at)
from refused
anti join accepted
    on refused.period_key = accepted.period_key
    and refused.unit_key = accepted.unit_key
    and (accepted.received_at, accepted.receipt_no)
    > (refused.received_at, refused.receipt_no)
anti join staging.report_act as act
    on
        act.act = 'kept'
        and act.period_key = refused.period_key
        and act.unit_key = refused.unit_key
        and act.recorded_at >= refused.recorded_at
