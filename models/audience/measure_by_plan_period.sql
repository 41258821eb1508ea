-- Grain: as the mart. Withholds figures that reveal a small count from the
-- shared audience. Figures of guarded measures come from the latest published
-- version of the period alone; is_untold where there is none.
with

published as (

    select line.*,
    from marts.report_line as line
    inner join audience
        on line.audience = audience.name
    where
        audience.is_told_by_versions
        and line.section = 'measure'
        and line.is_latest

),

seen as (

    select
        city.*,
        audience.withholds
        and if(
            audience.is_told_by_versions, city.is_guarded, city.is_disclosive
        ) as is_withheld,
        audience.is_told_by_versions,
    from marts.measure_by_plan_period as city
    cross join audience

),

now as (

    select
        plan_id,
        measure,
        period,
        if(is_withheld, null, value_to_date) as value_to_date,
        if(is_withheld, null, value_in_period) as value_in_period,
        places_expected,
        places_reported,
        places_carried,
        periods_missing_before,
        is_withheld,
        is_withheld and is_told_by_versions as is_untold,
    from seen

)

select now.*,
from now
anti join published
    -- is_withheld within an equality: beside these all is compared with all
    on if(now.is_withheld, now.plan_id, null) = published.plan_id
    and now.measure = published.code
    and now.period = published.period
    and published.area_id is null

union all by name

select
    now.* replace (
        published.value_shown as value_to_date,
        published.value_in_period_shown as value_in_period,
        published.areas_expected as places_expected,
        published.areas_reported as places_reported,
        published.areas_carried as places_carried,
        published.periods_missing_before as periods_missing_before,
        published.is_withheld as is_withheld,
        false as is_untold
    ),
from now
inner join published
    on now.is_withheld
    and now.plan_id = published.plan_id
    and now.measure = published.code
    and now.period = published.period
    and published.area_id is null
