-- Grain: as the mart. Withholds figures that reveal a small count from the
-- shared audience, with their status, and nil reports. Figures of guarded
-- measures come from the latest published version of the period alone: live
-- figures would reveal counts by their differences. is_untold where there is
-- none.
with

published as (

    select line.*,
    from marts.report_line as line
    inner join audience
        on line.audience = audience.name
    where audience.is_told_by_versions and line.is_latest

),

seen as (

    select
        city.*,
        audience.withholds,
        audience.is_told_by_versions,
        if(audience.is_told_by_versions, city.status_told, city.status_shown)
            as status_seen,
        -- where nothing is asked and nothing known there is nothing to withhold
        audience.withholds
        and if(
            audience.is_told_by_versions, city.is_guarded, city.is_disclosive
        )
        and (
            city.section = 'measure'
            or city.status <> 'not_applicable'
            or coalesce(
                city.numerator,
                city.denominator,
                city.numerator_in_period,
                city.denominator_in_period
            ) is not null
        ) as is_withheld,
        audience.withholds and status_seen in ('withheld', 'untold')
            as is_status_withheld,
    from marts.figure as city
    cross join audience

),

now as (

    select
        * exclude (
            is_guarded, is_disclosive, status_shown, status_told, status_seen,
            withholds, is_told_by_versions, is_status_withheld
        )
        replace (
            if(is_withheld, null, numerator) as numerator,
            if(is_withheld, null, denominator) as denominator,
            if(is_withheld, null, value) as value,
            if(is_withheld, null, value_shown) as value_shown,
            if(is_withheld, null, numerator_in_period) as numerator_in_period,
            if(is_withheld, null, denominator_in_period) as denominator_in_period,
            if(is_withheld, null, value_in_period) as value_in_period,
            if(is_withheld, null, value_in_period_shown) as value_in_period_shown,
            if(is_withheld, null, is_nil) as is_nil,
            -- which of the statuses it is may tell a small count by itself
            if(is_status_withheld, null, attained) as attained,
            if(withholds, status_seen, status) as status,
            if(is_status_withheld, null, is_provisional) as is_provisional,
            -- places are left out for what their figures are, too
            if(is_status_withheld, 0, areas_left_out) as areas_left_out
        ),
        is_withheld and is_told_by_versions as is_untold,
    from seen

),

told as (

    select
        published.row_no is not null as is_told,
        now.* replace (
            if(is_told, published.numerator, now.numerator) as numerator,
            if(is_told, published.denominator, now.denominator) as denominator,
            if(is_told, published.value, now.value) as value,
            if(is_told, published.value_shown, now.value_shown) as value_shown,
            if(is_told, published.numerator_in_period, now.numerator_in_period)
                as numerator_in_period,
            if(is_told, published.denominator_in_period, now.denominator_in_period)
                as denominator_in_period,
            if(is_told, published.value_in_period, now.value_in_period)
                as value_in_period,
            if(is_told, published.value_in_period_shown, now.value_in_period_shown)
                as value_in_period_shown,
            if(is_told, published.target_value, now.target_value) as target_value,
            if(is_told, published.target_to, now.target_to) as target_to,
            if(is_told, published.pace_value, now.pace_value) as pace_value,
            if(is_told, published.pace_shown, now.pace_shown) as pace_shown,
            if(is_told, published.is_due, now.is_due) as is_due,
            if(is_told, published.attained, now.attained) as attained,
            if(is_told, published.is_provisional, now.is_provisional)
                as is_provisional,
            if(is_told, published.areas_expected, now.areas_expected)
                as areas_expected,
            if(is_told, published.areas_reported, now.areas_reported)
                as areas_reported,
            if(is_told, published.areas_carried, now.areas_carried) as areas_carried,
            if(is_told, coalesce(published.areas_left_out, 0), now.areas_left_out)
                as areas_left_out,
            if(is_told, published.areas_own, now.areas_own) as areas_own,
            if(is_told, published.periods_missing_before, now.periods_missing_before)
                as periods_missing_before,
            if(is_told, published.basis, now.basis) as basis,
            if(is_told, published.is_nil, now.is_nil) as is_nil,
            if(is_told, published.is_withheld, now.is_withheld) as is_withheld,
            now.is_untold and not is_told as is_untold
        ),
    from now
    left join published
        -- is_withheld within an equality: beside these all is compared with all
        on if(now.is_withheld, now.plan_id, null) = published.plan_id
        and now.section = published.section
        and now.code = published.code
        and now.period = published.period
        and coalesce(now.area_id, 0) = coalesce(published.area_id, 0)

)

select * exclude (is_told)
from told
