-- Grain: as the mart. Withholds figures that reveal a small count, and nil
-- reports, from the shared audience. Figures of guarded measures come from the
-- latest published version of the period alone; is_untold where there is none.
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
        ward.*,
        audience.withholds
        and if(
            audience.is_told_by_versions, ward.is_guarded, ward.is_disclosive
        ) as is_withheld,
        audience.is_told_by_versions,
    from marts.measure_by_ward_period as ward
    cross join audience

),

now as (

    select
        plan_id,
        measure,
        period,
        area_id,
        area_code,
        area_name,
        if(is_withheld, null, value_to_date) as value_to_date,
        if(is_withheld, null, value_in_period) as value_in_period,
        is_reported,
        if(is_withheld, null, is_nil) as is_nil,
        is_carried,
        periods_missing_before,
        basis,
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
    and now.area_id = published.area_id

union all by name

select
    now.* replace (
        published.value_shown::decimal(18, 4) as value_to_date,
        published.value_in_period_shown::decimal(18, 4) as value_in_period,
        published.is_nil as is_nil,
        published.areas_carried > 0 as is_carried,
        published.periods_missing_before as periods_missing_before,
        published.basis as basis,
        published.is_withheld as is_withheld,
        false as is_untold
    ),
from now
inner join published
    on now.is_withheld
    and now.plan_id = published.plan_id
    and now.measure = published.code
    and now.period = published.period
    and now.area_id = published.area_id
