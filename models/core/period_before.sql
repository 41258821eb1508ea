-- One row per period of a plan, with the periods that come before it; null
-- where there is none. A figure to date begins anew with each year, so it is
-- compared with that of the same kind before it in the same year (previous),
-- and with that of its place in the year before (last_year), which may be one
-- of a plan that this one continues. What was sent for a period is
-- compared with what was sent for the one of its kind before it, in the same
-- year or not (reported_before_key).
with recursive

continued as (

    select
        plan_key,
        plan_key as earlier_plan_key,
        0 as plans_back,
    from raw.plan
    union all
    select
        continued.plan_key,
        plan.continues_key as earlier_plan_key,
        continued.plans_back + 1 as plans_back,
    from continued
    inner join raw.plan as plan
        on continued.earlier_plan_key = plan.plan_key
    where plan.continues_key is not null and continued.plans_back < 20

),

last_year as (

    select
        period.period_key,
        earlier.period_key as last_year_key,
        earlier.plan_key as last_year_plan_key,
        earlier.plan_id as last_year_plan_id,
        earlier.period as last_year_period,
        earlier.period_name as last_year_period_name,
    from raw.period as period
    inner join continued using (plan_key)
    inner join raw.period as earlier
        on continued.earlier_plan_key = earlier.plan_key
        and period.kind = earlier.kind
        and period.position = earlier.position
        and period.year - 1 = earlier.year
    qualify row_number() over (
        partition by period.period_key order by continued.plans_back
    ) = 1

),

ordered as (

    select
        period_key,
        lag(period_key) over in_year as previous_key,
        lag(period_key) over in_time as reported_before_key,
    from raw.period
    window
        in_year as (partition by plan_key, kind, year order by position),
        in_time as (partition by plan_key, kind order by data_to)

)

select
    period.period_key,
    period.plan_key,
    period.plan_id,
    period.period,
    previous.period_key as previous_key,
    previous.period as previous_period,
    previous.period_name as previous_period_name,
    last_year.last_year_key,
    last_year.last_year_plan_key,
    last_year.last_year_plan_id,
    last_year.last_year_period,
    last_year.last_year_period_name,
    ordered.reported_before_key,
from raw.period as period
inner join ordered using (period_key)
left join raw.period as previous
    on ordered.previous_key = previous.period_key
left join last_year using (period_key)
