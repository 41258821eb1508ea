-- View: one row per unit of a plan (core.plan_unit), with the code that it has
-- as a unit of the office, over all plans.
with

-- two units may share a code, such as the wards before and after a merger
identified as (

    select
        unit.identity,
        any_value(unit.code) as code,
        any_value(unit.area_id) as area_id,
        arg_min(unit.plan_id, (plan.issued_on, unit.plan_id)) as first_plan_id,
    from core.plan_unit as unit
    inner join raw.plan as plan using (plan_id)
    group by unit.identity

),

addressed as (

    select
        identity,
        if(
            count(*) over (partition by upper(code)) = 1,
            code,
            concat_ws('-', code, coalesce(area_id::varchar, first_plan_id))
        ) as office_code,
    from identified

)

select
    unit.* exclude (identity, code),
    addressed.office_code,
from core.plan_unit as unit
inner join addressed using (identity)
