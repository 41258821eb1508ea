-- One row per claim that a file makes more than once, with all its places.
select
    claim.row_no, claim.sheet, claim.cell, claim.line,
    coalesce(claim.unit_name, claim.unit) as unit_name,
    coalesce(claim.period_name, claim.period) as period_name,
    claim.times::varchar as times, places.places
from intake.claim_place as claim
join (
    select
        plan, unit, period,
        string_agg(place_of(sheet, cell, null), '; ' order by row_no) as places
    from intake.raw_submission
    where sheet is not null
    group by plan, unit, period
) as places
    on claim.plan = places.plan and claim.unit = places.unit and claim.period = places.period
where claim.times > 1
