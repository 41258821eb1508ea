-- What is recorded of judged files, and what the ledger has of them already.
-- Each model is headed `-- name: what a row is`.

-- standing_submission: plan, unit and period: the submission that counts, the one received last,
-- of several received at the same moment the one put down last; none where it was sent back or
-- recalled.
select
    submission.*, receipt.sha256, receipt.received_at,
    coalesce(receipt.sent_at, receipt.received_at) as sent_at
from ledger.submission as submission
join ledger.receipt as receipt using (receipt_no)
where not exists (
    select 1 from ledger.report_act as act
    where
        act.submission_no >= submission.submission_no
        and act.plan_id = submission.plan_id
        and act.unit_id = submission.unit_id
        and act.period = submission.period
)
qualify row_number() over (
    partition by plan_id, unit_id, period order by received_at desc, submission_no desc
) = 1;

-- accepted: claim of the files that are accepted, with the number that it gets, and the
-- submission that counts for its unit and period until now.
select
    getvariable('first_submission_no')
    - 1 + row_number() over (order by claim.claim_no) as submission_no,
    file.receipt_no,
    claim.*,
    plan.plan_id,
    plan.plan_sha256,
    standing.submission_no as standing_no,
    if(standing.received_at > file.received_at, standing.received_at, null) as newer_received_at
from intake.claim as claim
join intake.receipt_rows as file
    on claim.first_row >= file.first_row and claim.first_row < file.end_row
join raw.plan as plan using (plan_key)
left join intake.standing_submission as standing
    on
        plan.plan_id = standing.plan_id
        and claim.unit_id = standing.unit_id
        and claim.period = standing.period
where file.outcome = 'accepted';

-- accepted_submission: submission that is accepted, as the ledger keeps it.
select
    submission_no, receipt_no, plan_id, plan_sha256, unit_id, period, is_nil_return,
    form_version, unit as unit_code,
    kept_text(difficulties) as difficulties, kept_text(proposals) as proposals
from intake.accepted
order by submission_no;

-- accepted_reading: reading that is accepted, as the ledger keeps it.
select
    accepted.submission_no, measure.measure, judged.area_id, judged.state, judged."value",
    kept_text(judged.note) as note,
    judged.sheet, judged.cell, judged.line, judged.is_partial, judged.is_withheld, judged.parts
from intake.judged as judged
join intake.accepted as accepted using (claim_no)
join intake.measure as measure using (measure_key);

-- accepted_summary: submission that is accepted, with what it replaces and leaves out.
with figures as (
    select claim_no, count("value") as readings
    from intake.judged
    group by claim_no
),

replaced as (
    select submission_no, standing_no
    from intake.accepted
    where standing_no is not null and newer_received_at is null
),

left_out as (
    select replaced.submission_no, count(*) as left_out
    from replaced
    join ledger.reading as earlier on replaced.standing_no = earlier.submission_no
    anti join (
        select reading.submission_no, reading.measure, reading.area_id
        from ledger.reading as reading
        semi join replaced using (submission_no)
        where reading."value" is not null
    ) as later
        on
            replaced.submission_no = later.submission_no
            and earlier.measure = later.measure
            and earlier.area_id is not distinct from later.area_id
    where earlier."value" is not null
    group by replaced.submission_no
)

select
    accepted.receipt_no, accepted.plan_id, accepted.unit_id, accepted.unit_name, accepted.period,
    accepted.period_name, accepted.is_nil_return,
    accepted.standing_no is not null and accepted.newer_received_at is null as replaces_earlier,
    strftime(accepted.newer_received_at, '%Y-%m-%d %H:%M:%S') as newer_received_at,
    coalesce(figures.readings, 0) as readings,
    coalesce(left_out.left_out, 0) as left_out
from intake.accepted as accepted
left join figures using (claim_no)
left join left_out using (submission_no)
order by accepted.claim_no;

-- refused_claim: unit and period that a refused file was recognised to report for: what is due
-- there is known to have been sent, and refused.
select distinct file.receipt_no, plan.plan_id, claim.unit_id, claim.period
from intake.claim as claim
join intake.receipt_rows as file
    on claim.first_row >= file.first_row and claim.first_row < file.end_row
join raw.plan as plan using (plan_key)
where
    file.outcome = 'refused'
    and file.is_read
    and claim.unit_id is not null
    and claim.data_to >= claim.in_force_from
    and claim.data_from <= file.received_at::date;

-- earlier_acceptance: bytes that were accepted before, else none: when, and whether accepting
-- them once more would change any figure.
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
having count(*) > 0;

-- brought_plan: plan that bytes which were accepted before brought a report of.
select distinct submission.plan_id as plan
from ledger.submission as submission
join ledger.receipt as receipt using (receipt_no)
where receipt.sha256 = $sha256 and receipt.outcome = 'accepted';

-- replaced_by_same: submission received after the same bytes were accepted before, in whose place
-- these would come back, with its unit and period in words, and where the bytes begin to speak of
-- them: null where they speak of one alone.
with brought as (
    select submission_no, plan_id, unit_id, unit_code, period
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
    brought.plan_id as plan,
    brought.unit_code as unit,
    brought.period,
    coalesce(plan.number, brought.plan_id) as plan_number,
    coalesce(unit.unit_name, brought.unit_id) as unit_name,
    coalesce(period.period_name, brought.period) as period_name,
    epoch_ms(standing.received_at) as received_at,
    begins.sheet,
    begins.cell,
    begins.line
from brought
join intake.standing_submission as standing using (plan_id, unit_id, period)
left join begins on brought.submission_no = begins.submission_no
left join raw.plan as plan on brought.plan_id = plan.plan_id
left join raw.period as period
    on brought.plan_id = period.plan_id and brought.period = period.period
left join intake.unit as unit
    on period.plan_key = unit.plan_key and brought.unit_id = unit.unit_id
where
    standing.sha256 <> $sha256
    and standing.received_at <= $received_at::timestamptz
order by brought.submission_no;

-- newer_report: claim of the file for which a report counts that was sent after $sent_at.
select
    claim.unit_name, claim.period_name, claim.plan_number, claim.cell, claim.line,
    epoch_ms(standing.sent_at) as sent_at
from intake.claim_place as claim
join raw.plan as plan using (plan_key)
join intake.standing_submission as standing
    on
        plan.plan_id = standing.plan_id
        and claim.unit_id = standing.unit_id
        and claim.period = standing.period
where
    standing.sent_at > $sent_at::timestamptz
    and standing.received_at <= $received_at::timestamptz
order by claim.row_no;
