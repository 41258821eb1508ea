-- Violations: a status that contradicts attained, the value or the target.
with

attainment as (

    select
        plan_id, indicator_code, period, value, value_shown, target_comparator,
        target_value, attained, status,
    from marts.attainment_by_plan_period
    union all by name
    select
        plan_id, indicator_code, period, value, value_shown, target_comparator,
        target_value, attained, status,
    from marts.attainment_by_ward_period

)

select *
from attainment
where
    (status = 'met') is distinct from coalesce(attained, false)
    or (status in ('met', 'on_track', 'behind', 'not_met'))
    is distinct from (attained is not null)
    or (
        attained is not null
        and (
            fulfils(value, target_comparator, target_value)
            is distinct from attained
            or fulfils(value_shown, target_comparator, target_value)
            is distinct from attained
        )
    )
