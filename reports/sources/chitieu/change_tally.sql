-- One row per plan of which an indicator can be compared with the period of the
-- same kind before the one in which it is looked at first: what has changed
-- between them, and how much of it, for the plan's whole area and for its wards.
-- period_name_before is null where indicators are compared with several periods.
-- uncompared: indicators that have no period before. provisional: where either
-- verdict is.
-- Key: plan_id
-- Never null: plan_id, compared, better, worse, reported, other, same,
-- uncompared, provisional
with

before as (

    select
        plan_id,
        (count(*) filter (where period_before is null))::integer as uncompared
    from marts.compared_period()
    group by plan_id

),

counted as (

    select
        plan_id,
        if(min(period_before) = max(period_before), min(period_before), null)
            as period_before,
        count(*) filter (where area_id is not null)::integer as compared,
        count(*) filter (where area_id is not null and direction = 'better')
            ::integer as better,
        count(*) filter (where area_id is not null and direction = 'worse')
            ::integer as worse,
        count(*) filter (where area_id is not null and direction = 'reported')
            ::integer as reported,
        count(*) filter (
            where
            area_id is not null
            and direction not in ('better', 'worse', 'reported', 'same')
        )::integer as other,
        count(*) filter (where area_id is not null and direction = 'same')
            ::integer as same,
        count(*) filter (
            where area_id is not null and (is_provisional or provisional_before)
        )::integer as provisional
    from marts.status_change()
    group by plan_id

)

select
    counted.* exclude (period_before),
    before.uncompared,
    period.period_name as period_name_before
from counted
inner join before using (plan_id)
left join marts.period as period
    on counted.plan_id = period.plan_id
    and counted.period_before = period.period
