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
        ) as is_hidden,
        audience.withholds and status_seen in ('withheld', 'untold')
            as is_status_hidden,
    from marts.figure as city
    cross join audience

)

select
    seen.plan_id,
    seen.section,
    seen.code,
    seen.period,
    seen.area_id,
    seen.area_code,
    seen.area_name,

    -- null where it is hidden and no version has it
    if(is_hidden, published.numerator, seen.numerator) as numerator,
    if(is_hidden, published.denominator, seen.denominator) as denominator,
    if(is_hidden, published.value, seen.value) as value,
    if(is_hidden, published.value_shown, seen.value_shown) as value_shown,
    if(is_hidden, published.numerator_in_period, seen.numerator_in_period) as numerator_in_period,
    if(is_hidden, published.denominator_in_period, seen.denominator_in_period)
        as denominator_in_period,
    if(is_hidden, published.value_in_period, seen.value_in_period) as value_in_period,
    if(is_hidden, published.value_in_period_shown, seen.value_in_period_shown)
        as value_in_period_shown,

    -- as the version has it, where there is one
    seen.target_comparator,
    if(row_no is null, seen.target_value, published.target_value) as target_value,
    if(row_no is null, seen.target_to, published.target_to) as target_to,
    if(row_no is null, seen.pace_value, published.pace_value) as pace_value,
    if(row_no is null, seen.pace_shown, published.pace_shown) as pace_shown,
    if(row_no is null, seen.is_due, published.is_due) as is_due,
    -- which of the statuses it is may reveal a small count by itself
    case
        when row_no is not null then published.attained
        when not is_status_hidden then seen.attained
    end as attained,
    if(withholds, status_seen, seen.status) as status,
    case
        when row_no is not null then published.is_provisional
        when is_status_hidden then null
        when withholds then seen.is_provisional_told
        else seen.is_provisional
    end as is_provisional,

    if(row_no is null, seen.areas_expected, published.areas_expected) as areas_expected,
    if(row_no is null, seen.areas_reported, published.areas_reported) as areas_reported,
    if(row_no is null, seen.areas_carried, published.areas_carried) as areas_carried,
    -- places are left out for what their figures are, too
    case
        when row_no is not null then coalesce(published.areas_left_out, 0)
        when is_status_hidden then 0
        else seen.areas_left_out
    end as areas_left_out,
    if(row_no is null, seen.areas_own, published.areas_own) as areas_own,
    if(row_no is null, seen.periods_missing_before, published.periods_missing_before)
        as periods_missing_before,
    if(row_no is null, seen.basis, published.basis) as basis,
    seen.is_reported,
    if(is_hidden, published.is_nil, seen.is_nil) as is_nil,
    seen.is_base,
    seen.is_estimate,
    if(row_no is null, is_hidden, published.is_withheld) as is_withheld,
    is_hidden and is_told_by_versions and row_no is null as is_untold,
    if(is_hidden, published.beyond_count, seen.beyond_count) as beyond_count,
    if(is_hidden, published.counted_unit, seen.counted_unit) as counted_unit,
from seen
left join published
    -- is_hidden within an equality: beside these all is compared with all
    on if(is_hidden, seen.plan_id, null) = published.plan_id
    and seen.section = published.section
    and seen.code = published.code
    and seen.period = published.period
    and coalesce(seen.area_id, 0) = coalesce(published.area_id, 0)
