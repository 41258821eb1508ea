-- One row per submission received after the same bytes were accepted before, in whose place these
-- would come back, with its unit and period in words, and where the bytes begin to speak of them:
-- null where they speak of one alone.
with brought as (
    select submission_no, plan_id, unit_id, period
    from ledger.submission
    where receipt_no = (
        select max(receipt_no)
        from ledger.receipt
        where sha256 = $sha256 and outcome = 'accepted'
    )
),

begins as (
    select
        reading.submission_no,
        arg_min(reading.sheet, reading.rowid) as sheet,
        arg_min(reading.cell, reading.rowid) as cell,
        min(reading.line) as line
    from ledger.reading as reading
    semi join brought using (submission_no)
    where (select count(*) from brought) > 1
    group by reading.submission_no
)

select
    coalesce(unit.unit_name, brought.unit_id) as unit_name,
    coalesce(period.period_name, brought.period) as period_name,
    epoch_ms(standing.received_at) as received_at,
    begins.sheet,
    begins.cell,
    begins.line
from brought
join intake.standing_submission as standing using (plan_id, unit_id, period)
left join begins on brought.submission_no = begins.submission_no
left join raw.period as period
    on brought.plan_id = period.plan_id and brought.period = period.period
left join intake.unit as unit
    on period.plan_key = unit.plan_key and brought.unit_id = unit.unit_id
where
    standing.sha256 <> $sha256
    and standing.received_at <= $received_at::timestamptz
order by brought.submission_no
