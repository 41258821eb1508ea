-- Violations: more areas reported than expected, or a plan's coverage that
-- is not the sum of its wards' where every place of the indicator is a ward.
with

by_ward as (

    select
        plan_id,
        indicator_code,
        period,
        sum(areas_expected) as areas_expected,
        sum(areas_reported) as areas_reported,
    from marts.attainment_by_ward_period
    group by plan_id, indicator_code, period

)

select
    whole.plan_id,
    whole.indicator_code,
    whole.period,
    whole.areas_expected,
    whole.areas_reported,
    by_ward.areas_expected as wards_expected,
    by_ward.areas_reported as wards_reported,
from marts.attainment_by_plan_period as whole
inner join raw.plan as plan
    on whole.plan_id = plan.plan_id
inner join raw.indicator as indicator
    on plan.plan_key = indicator.plan_key
    and whole.indicator_code = indicator.indicator_code
left join by_ward
    on whole.plan_id = by_ward.plan_id
    and whole.indicator_code = by_ward.indicator_code
    and whole.period = by_ward.period
where
    whole.areas_reported > whole.areas_expected
    or (
        indicator.is_by_area_only
        -- that counts indicators, not places
        and indicator.value_kind <> 'all_of_indicators'
        and (
            whole.areas_expected <> by_ward.areas_expected
            or whole.areas_reported <> by_ward.areas_reported
        )
    )
