-- One row per reporting area of a plan and period in which it has a role:
-- 'there', as it reports on the period's last day; 'gone', as it did before;
-- 'to_come', as it will report later and goes on with the figures of areas
-- that it is exactly made of.
with

in_period as (

    select
        reporting.plan_key,
        reporting.area_id,
        period.period_key,
        bool_or(
            coalesce(reporting.valid_from <= period.data_to, true)
            and coalesce(period.data_to <= reporting.valid_to, true)
        ) as is_there,
        bool_or(reporting.valid_to < period.data_to) as was_there,
    from raw.reporting_area as reporting
    inner join core.period_in_force as period using (plan_key)
    group by reporting.plan_key, reporting.area_id, period.period_key

)

select
    plan_key,
    area_id as place_key,
    period_key,
    case
        when is_there then 'there'
        when was_there then 'gone'
        else 'to_come'
    end as place_role,
from in_period
where
    is_there
    or was_there
    or (plan_key, area_id) in (
        select (succession.plan_key, succession.successor_id)
        from core.exact_succession as succession
    )
