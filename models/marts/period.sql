-- One row per period of a plan, with whether anything has been reported for
-- it and whether it is the latest such period (is_latest) of its plan.
with

reported as (

    select
        period_key,
        count(*) as units_reported,
    from core.submission_current
    group by period_key

)

select
    plan.plan_id,
    period.period,
    period.period_name,
    period.kind,
    period.year,
    period.position,
    period.positions,
    period.data_from,
    period.data_to,
    period.due_before,
    period.is_estimate,
    period.is_base,
    period.period_no,
    in_force.period_key is not null as is_applicable,
    coalesce(reported.units_reported, 0)::integer as units_reported,
    coalesce(period.is_base and period.data_to = max(period.data_to)
        filter (where period.is_base and reported.units_reported > 0)
        over (partition by plan.plan_id), false) as is_latest,
from raw.period as period
inner join raw.plan as plan
    on period.plan_key = plan.plan_key
left join core.period_in_force as in_force
    on period.period_key = in_force.period_key
left join reported
    on period.period_key = reported.period_key
