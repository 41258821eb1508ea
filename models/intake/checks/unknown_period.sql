-- One row per claim of a period that its plan does not have.
select
    row_no, sheet, cell, line, period, plan_number,
    (
        select string_agg(known.period, ', ' order by known.period_no)
        from raw.period as known
        where known.plan_key = claim.plan_key
    ) as known
from intake.claim_place as claim
where plan_key is not null and period_key is null
