-- One row per submission that is accepted, with what it replaces and leaves out.
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
order by accepted.claim_no
