-- How periods are compared, for the queries in sources/.

-- Every indicator, the period in which it is looked at first, and the one of its
-- kind before that, where it applied (period_before).
create or replace macro marts.compared_period() as table
select
    latest.plan_id,
    latest.indicator_code,
    latest.period,
    earlier.period as period_before,
from marts.indicator_latest as latest
inner join marts.period_before as before
    on latest.plan_id = before.plan_id
    and latest.period = before.period
left join marts.period as earlier
    on before.plan_id = earlier.plan_id
    and before.previous_period = earlier.period
    and earlier.is_applicable;

-- Every figure of an indicator; area_id is null for the plan's whole area.
create or replace macro marts.indicator_figure() as table
from marts.attainment_by_plan_period
union all by name
from marts.attainment_by_ward_period;

-- Every status in the period in which its indicator is looked at first beside that
-- of the period before it; area_id is null for the plan's whole area. What is
-- withheld in either of them, or did not apply, is not compared.
create or replace macro marts.status_change() as table
with

paired as (

    select
        compared.*,
        now.area_id,
        earlier.status as status_before,
        now.status,
        earlier.value_shown::double as value_before,
        now.value_shown::double as value,
    from marts.compared_period() as compared
    inner join marts.indicator_figure() as now
        on compared.plan_id = now.plan_id
        and compared.indicator_code = now.indicator_code
        and compared.period = now.period
    inner join marts.indicator_figure() as earlier
        on compared.plan_id = earlier.plan_id
        and compared.indicator_code = earlier.indicator_code
        and compared.period_before = earlier.period
        and now.area_id is not distinct from earlier.area_id
    where
        not marts.is_hidden_status(now.status)
        and not marts.is_hidden_status(earlier.status)
        and now.status <> 'not_applicable'
        and earlier.status <> 'not_applicable'

)

select
    *,
    case
        when status = status_before then 'same'
        when status = 'not_reported' then 'no_longer_reported'
        when status_before = 'not_reported' then 'reported'
        when
            'not_arising' in (status, status_before)
            or 'in_doubt' in (status, status_before)
            -- it was kept, and now is due
            or (status = 'met' and status_before = 'within')
            then 'other'
        when
            marts.attention_to(status) > marts.attention_to(status_before)
            then 'better'
        else 'worse'
    end as direction,
from paired;
