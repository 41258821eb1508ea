-- Grain: as the mart. Withholds figures that reveal a small count from the
-- shared audience, with their status. Figures of guarded measures come from
-- the latest published version of the period alone: live figures would reveal
-- counts by their differences.
with

published as (

    select line.*,
    from marts.report_line as line
    inner join audience
        on line.audience = audience.name
    where
        audience.is_told_by_versions
        and line.section = 'indicator'
        and line.is_latest

),

seen as (

    select
        city.*,
        audience.withholds,
        if(audience.is_told_by_versions, city.status_told, city.status_shown)
            as status_seen,
        -- where nothing is asked and nothing known there is nothing to withhold
        audience.withholds
        and if(
            audience.is_told_by_versions, city.is_guarded, city.is_disclosive
        )
        and (
            city.status <> 'not_applicable'
            or coalesce(
                city.numerator,
                city.denominator,
                city.numerator_in_period,
                city.denominator_in_period
            ) is not null
        ) as is_withheld,
        audience.withholds and status_seen in ('withheld', 'untold')
            as is_status_withheld,
    from marts.attainment_by_plan_period as city
    cross join audience

),

now as (

    select
        plan_id,
        indicator_code,
        period,
        if(is_withheld, null, numerator) as numerator,
        if(is_withheld, null, denominator) as denominator,
        if(is_withheld, null, value) as value,
        if(is_withheld, null, value_shown) as value_shown,
        if(is_withheld, null, numerator_in_period) as numerator_in_period,
        if(is_withheld, null, denominator_in_period) as denominator_in_period,
        if(is_withheld, null, value_in_period) as value_in_period,
        if(is_withheld, null, value_in_period_shown) as value_in_period_shown,
        target_comparator,
        target_value,
        target_to,
        pace_value,
        pace_shown,
        is_due,
        -- which of the statuses it is may tell a small count by itself
        if(is_status_withheld, null, attained) as attained,
        if(withholds, status_seen, status) as status,
        if(is_status_withheld, null, is_provisional) as is_provisional,
        areas_expected,
        areas_reported,
        areas_carried,
        -- places are left out for what their figures are, too
        if(is_status_withheld, 0, areas_left_out) as areas_left_out,
        areas_own,
        periods_missing_before,
        basis,
        is_base,
        is_estimate,
        is_withheld,
    from seen

)

select now.*,
from now
anti join published
    -- is_withheld within an equality: beside these all is compared with all
    on if(now.is_withheld, now.plan_id, null) = published.plan_id
    and now.indicator_code = published.code
    and now.period = published.period
    and published.area_id is null

union all by name

select
    now.* replace (
        published.numerator as numerator,
        published.denominator as denominator,
        published.value as value,
        published.value_shown as value_shown,
        published.numerator_in_period as numerator_in_period,
        published.denominator_in_period as denominator_in_period,
        published.value_in_period as value_in_period,
        published.value_in_period_shown as value_in_period_shown,
        published.target_value as target_value,
        published.target_to as target_to,
        published.pace_value as pace_value,
        published.pace_shown as pace_shown,
        published.is_due as is_due,
        published.attained as attained,
        published.is_provisional as is_provisional,
        published.areas_expected as areas_expected,
        published.areas_reported as areas_reported,
        published.areas_carried as areas_carried,
        coalesce(published.areas_left_out, 0) as areas_left_out,
        published.areas_own as areas_own,
        published.periods_missing_before as periods_missing_before,
        published.basis as basis,
        published.is_withheld as is_withheld
    ),
from now
inner join published
    on now.is_withheld
    and now.plan_id = published.plan_id
    and now.indicator_code = published.code
    and now.period = published.period
    and published.area_id is null
