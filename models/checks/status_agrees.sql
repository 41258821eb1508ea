-- Violations: a status that contradicts attained, or a value or a shown value
-- that contradicts it by the target beside them. Where each place or group has
-- to hold, the whole's own value decides nothing.
with

attainment as (

    select
        plan_id, indicator_code, period, area_id, value, value_shown,
        target_comparator, target_value, target_to, attained, status,
    from marts.attainment_by_plan_period
    cross join (select null::integer as area_id)
    union all by name
    select
        plan_id, indicator_code, period, area_id, value, value_shown,
        target_comparator, target_value, target_to, attained, status,
    from marts.attainment_by_ward_period

)

select attainment.*
from attainment
inner join raw.plan as plan
    on attainment.plan_id = plan.plan_id
inner join raw.indicator as indicator
    on plan.plan_key = indicator.plan_key
    and attainment.indicator_code = indicator.indicator_code
where
    not list_contains(all_statuses(), status)
    or attained_by(status) is distinct from attained
    or (
        attained is not null
        and attainment.target_value is not null
        and not (attainment.area_id is null and indicator.scope in ('each', 'groups'))
        and (
            fulfils(
                value, target_comparator, attainment.target_value, target_to
            ) is distinct from attained
            or fulfils(
                value_shown, target_comparator, attainment.target_value,
                target_to
            ) is distinct from attained
        )
    )
