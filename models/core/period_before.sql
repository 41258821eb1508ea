-- One row per period of a plan, with the periods that come before it; null
-- where there is none. A figure to date begins anew with each year, so it is
-- compared with that of the same kind before it in the same year (previous),
-- and with that of its place in the year before (last_year). What was sent
-- for a regular period is compared with what was sent for the one before it,
-- in the same year or not (reported_before_key).
with

ordered as (

    select
        period_key,
        lag(period_key) over in_year as previous_key,
        if(is_base, lag(period_key) over in_time, null) as reported_before_key,
    from raw.period
    window
        in_year as (partition by plan_key, kind, year order by position),
        in_time as (partition by plan_key, kind, is_base order by data_to)

)

select
    period.period_key,
    period.plan_key,
    period.plan_id,
    period.period,
    previous.period_key as previous_key,
    previous.period as previous_period,
    previous.period_name as previous_period_name,
    last_year.period_key as last_year_key,
    last_year.period as last_year_period,
    last_year.period_name as last_year_period_name,
    ordered.reported_before_key,
from raw.period as period
inner join ordered
    on period.period_key = ordered.period_key
left join raw.period as previous
    on ordered.previous_key = previous.period_key
left join raw.period as last_year
    on period.plan_key = last_year.plan_key
    and period.kind = last_year.kind
    and period.position = last_year.position
    and period.year - 1 = last_year.year
