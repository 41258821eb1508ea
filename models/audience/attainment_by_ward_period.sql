-- One row per row of marts.attainment_by_ward_period. From the shared audience are
-- withheld the figures that would tell a small count, and their status.
with

seen as (

    select
        ward.*,
        -- where nothing is asked and nothing known there is nothing to withhold
        ward.is_disclosive
        and audience.withholds
        and (
            ward.status <> 'not_applicable'
            or coalesce(
                ward.numerator,
                ward.denominator,
                ward.numerator_in_period,
                ward.denominator_in_period
            ) is not null
        ) as is_withheld,
        audience.withholds,
    from marts.attainment_by_ward_period as ward
    cross join audience

)

select
    plan_id,
    indicator_code,
    period,
    area_id,
    area_code,
    area_name,
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
    if(withholds and status_shown = 'withheld', null, attained) as attained,
    if(withholds, status_shown, status) as status,
    if(withholds and status_shown = 'withheld', null, is_provisional)
        as is_provisional,
    areas_expected,
    areas_reported,
    areas_carried,
    areas_left_out,
    areas_own,
    periods_missing_before,
    basis,
    is_base,
    is_estimate,
    is_withheld,
from seen
