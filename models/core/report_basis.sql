-- One row per report (plan and period) and period whose submissions its
-- figures are based on: the periods of its kind so far in the year, and those
-- in them over which measures add up: the months of one, the quarters of another.
with

same_kind as (

    select
        report.plan_key,
        report.plan_id,
        report.period,
        basis.period_key,
    from raw.period as report
    inner join raw.period as basis using (plan_key, kind, year)
    where basis.position <= report.position

)

select
    plan_key,
    plan_id,
    period,
    period_key,
from same_kind
union distinct
select
    same_kind.plan_key,
    same_kind.plan_id,
    same_kind.period,
    cover.part_key as period_key,
from same_kind
inner join raw.measure_cover as cover using (period_key)
