-- Violations: an indicator, period, and the plan's whole area (area_id null) or
-- a reporting area that has not exactly one row.
with

place as (

    select distinct
        plan_key,
        area_id,
    from raw.reporting_area
    union all
    select
        plan_key,
        null as area_id,
    from raw.plan

)

select
    period.plan_id,
    indicator.indicator_code,
    period.period,
    place.area_id,
    count(attainment.period_key) as rows_found,
from raw.indicator as indicator
inner join raw.period as period using (plan_key)
inner join place using (plan_key)
left join core.attainment as attainment
    on indicator.indicator_key = attainment.indicator_key
    and period.period_key = attainment.period_key
    and coalesce(place.area_id, 0) = coalesce(attainment.area_id, 0)
where indicator.is_shown
group by all
having rows_found <> 1
