-- One row per indicator of a plan for which anything has been reported: the
-- period in which it is looked at first. That is the last one, closed and not
-- ending after the plan's latest period, in which it applies to the whole area;
-- of those that end on one day the plan's own, then a regular one, then the
-- shorter. While there is none, the plan's latest period.
with

looked_at as (

    select
        period.plan_id,
        period.period,
        period.data_from,
        period.data_to,
        period.is_base,
        period.is_latest,
    from marts.period as latest
    inner join marts.period as period using (plan_id)
    where
        latest.is_latest
        and (
            period.is_latest
            or (period.state = 'closed' and period.data_to <= latest.data_to)
        )

)

select
    whole.plan_id,
    whole.indicator_code,
    whole.period,
from marts.attainment_by_plan_period as whole
inner join looked_at using (plan_id, period)
where not is_unasked(whole.status) or looked_at.is_latest
qualify row_number() over (
    partition by whole.plan_id, whole.indicator_code
    order by
        is_unasked(whole.status),
        looked_at.data_to desc,
        looked_at.is_latest desc,
        looked_at.is_base desc,
        looked_at.data_from desc
) = 1
