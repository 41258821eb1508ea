-- One row per period of a plan, with its state as of the moment, and whether
-- it is the period that is looked at first (is_latest): the latest regular one
-- that is closed and for which anything has been reported; while there is none,
-- the latest for which anything has.
with

reported as (

    select
        period_key,
        count(*) as units_reported,
    from core.submission_current
    group by period_key

),

latest as (

    select period.period_key
    from raw.period as period
    inner join reported using (period_key)
    inner join core.period_state as state using (period_key)
    where period.is_base
    qualify row_number() over (
        partition by period.plan_key
        order by state.is_closed desc, period.data_to desc
    ) = 1

)

select
    period.plan_id,
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
    state.state,
    coalesce(reported.units_reported, 0)::integer as units_reported,
    latest.period_key is not null as is_latest,
from raw.period as period
inner join core.period_state as state using (period_key)
left join core.period_in_force as in_force using (period_key)
left join reported using (period_key)
left join latest using (period_key)
