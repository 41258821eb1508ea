-- Violations: an accepted submission whose period or unit the source files no
-- longer have, or have under another area than when it came in, so that its
-- figures would be lost or go to somebody else. A plan whose file was taken
-- away has no figures, and loses none.
select
    submission.plan_id,
    submission.period,
    submission.unit_id,
    submission.unit_code,
    case
        when period.period_key is null then 'no_period'
        when unit.unit_key is null then 'no_unit'
        else 'other_unit'
    end as found,
    count(*) as submissions,
    any_value(receipt.file_name) as file_name,
from ledger.main.submission as submission
inner join ledger.main.receipt as receipt using (receipt_no)
inner join raw.plan as plan using (plan_id)
left join raw.period as period using (plan_id, period)
left join raw.unit as unit using (plan_id, unit_id)
where
    is_built(submission.plan_id)
    and receipt.recorded_at <= getvariable('as_of')
    and (
        period.period_key is null
        or unit.unit_key is null
        or unit.unit_code <> submission.unit_code
    )
group by all
