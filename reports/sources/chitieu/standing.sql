-- One row per plan: how many of its indicators stand how, for the whole area,
-- each in the period in which it is looked at first. met_before: how many were
-- met in the period before that, null unless there is one for each of them.
-- met_provisional: those met that what is owed can still turn.
-- of_other_periods: those that are not looked at in the plan's latest period.
-- Key: plan_id
-- Never null: plan_id, indicators, each status, met_provisional, of_other_periods
with

beside as (

    select
        compared.plan_id,
        bool_and(compared.period_before is not null) as is_comparable,
        (count(*) filter (where earlier.status = 'met'))::integer as met_before,
        (count(*) filter (where present.status = 'met' and present.is_provisional))::integer
            as met_provisional,
        (count(*) filter (where not period.is_latest))::integer
            as of_other_periods
    from marts.compared_period() as compared
    inner join marts.period as period using (plan_id, period)
    left join marts.attainment_by_plan_period as present
        using (plan_id, indicator_code, period)
    left join marts.attainment_by_plan_period as earlier
        on compared.plan_id = earlier.plan_id
        and compared.indicator_code = earlier.indicator_code
        and compared.period_before = earlier.period
    group by compared.plan_id

)

select
    place.plan_id,
    place.indicators,
    if(beside.is_comparable, beside.met_before, null) as met_before,
    columns(lambda name: list_contains(marts.all_statuses(), name)),
    beside.met_provisional,
    beside.of_other_periods
from marts.status_by_place as place
inner join beside using (plan_id)
where place.period is null and place.area_id is null
