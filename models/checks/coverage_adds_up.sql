-- Violations: more areas reported than expected, or a plan's coverage that
-- is not the sum of its wards' where every place of the indicator is a ward.
with

by_ward as (

    select
        indicator_key,
        period_key,
        sum(areas_expected) as areas_expected,
        sum(areas_reported) as areas_reported,
    from core.attainment
    where area_id is not null
    group by indicator_key, period_key

)

select
    plan.plan_id,
    indicator.indicator_code,
    whole.period_key,
    whole.areas_expected,
    whole.areas_reported,
    by_ward.areas_expected as wards_expected,
    by_ward.areas_reported as wards_reported,
from core.attainment as whole
inner join raw.indicator as indicator using (indicator_key)
inner join raw.plan as plan on indicator.plan_key = plan.plan_key
left join by_ward using (indicator_key, period_key)
where
    whole.area_id is null
    and (
        whole.areas_reported > whole.areas_expected
        or (
            indicator.is_by_area_only
            -- a member may be judged in the whole alone
            and indicator.value_kind <> 'all_of_indicators'
            and (
                whole.areas_expected <> by_ward.areas_expected
                or whole.areas_reported <> by_ward.areas_reported
            )
        )
    )
