-- One row per period: where in its year it stands. A period that covers
-- others and for which nobody has sent a report of its own stands where the
-- latest covered period stands for which anybody has: a year of which only
-- the first quarter is in is at 1 of 4, and not over.
with

reported as (

    select distinct period_key
    from core.submission_current

),

latest as (

    select
        cover.period_key,
        arg_max(covered.period_key, covered.data_to) as covered_key,
    from raw.period_cover as cover
    inner join raw.period as covered
        on cover.covered_key = covered.period_key
    inner join reported
        on covered.period_key = reported.period_key
    group by cover.period_key

)

select
    period.period_key,
    -- the covered period that a figure from covered periods must know
    latest.covered_key as standing_key,
    if(
        reported.period_key is null and standing.period_key is not null,
        standing.position,
        period.position
    ) as position,
    if(
        reported.period_key is null and standing.period_key is not null,
        standing.positions,
        period.positions
    ) as positions,
from raw.period as period
left join reported
    on period.period_key = reported.period_key
left join latest
    on period.period_key = latest.period_key
left join raw.period as standing
    on latest.covered_key = standing.period_key
