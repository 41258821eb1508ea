-- One row per plan, period, indicator and unit (null: the office, of the whole
-- area) of which somebody may read why the indicator is not attained or what is
-- done about it. The shared audience may where is_cause_shared or
-- is_remedy_shared, and never of an indicator that is guarded.
with

written as (

    select
        plan_id,
        period,
        indicator_code,
        unit_id,
        any_value(said) filter (where side = 'cause') as cause,
        any_value(said) filter (where side = 'remedy') as remedy,
        coalesce(bool_or(audience = 'shared') filter (where side = 'cause'), false)
            as is_cause_released,
        coalesce(bool_or(audience = 'shared') filter (where side = 'remedy'), false)
            as is_remedy_released,
        max((recorded_at at time zone 'Asia/Ho_Chi_Minh')::date) as said_on,
    from staging.shortfall
    where audience is not null
    group by plan_id, period, indicator_code, unit_id

)

select
    written.plan_id,
    written.period,
    written.indicator_code,
    coalesce(unit.unit_no, 0) as unit_no,
    written.unit_id,
    unit.unit_name,
    unit.area_id,
    written.cause,
    written.remedy,
    written.said_on,
    written.is_cause_released and guarded.indicator_key is null as is_cause_shared,
    written.is_remedy_released and guarded.indicator_key is null as is_remedy_shared,
    (written.cause is null or is_cause_shared)
    and (written.remedy is null or is_remedy_shared) as is_released,
from written
inner join raw.plan as plan using (plan_id)
inner join raw.indicator as indicator using (plan_key, indicator_code)
left join raw.unit as unit using (plan_id, unit_id)
left join core.guarded_indicator as guarded using (indicator_key)
where indicator.is_shown and (written.unit_id is null or unit.unit_id is not null)
