-- One row per plan, indicator, ward and period. Small counts are withheld
-- here, so that they are in no file of the site, and what is withheld is
-- not ranked. Rank 1 is best: the highest value, or the lowest where the
-- target is a ceiling; wards without a value have no rank.
with

shown as (

    select
        plan_id,
        indicator_code,
        period,
        area_id,
        if(is_disclosive, null, numerator)::double as numerator,
        if(is_disclosive, null, denominator)::double as denominator,
        if(is_disclosive, null, value_shown)::double as value,
        if(is_disclosive, null, value)::double as exact_value,
        if(is_disclosive, null, value_in_period)::double as value_in_period,
        target_comparator,
        target_value::double as target_value,
        pace_value::double as pace_value,
        status,
        areas_expected,
        areas_reported,
        periods_missing,
        basis,
        is_disclosive as is_hidden
    from marts.attainment_by_ward_period

),

scaled as (

    select
        *,
        greatest(max(value) over same, target_value) as scale,
        if(
            value is null,
            null,
            rank() over (
                partition by plan_id, indicator_code, period
                order by
                    if(target_comparator in ('<', '<='), 1, -1) * exact_value
                    nulls last
            )
        )::integer as ranking,
        (count(value) over same)::integer as ranked
    from shown
    window same as (partition by plan_id, indicator_code, period)

)

select
    * exclude (exact_value, target_comparator, scale),
    if(scale = 0, 0, 100 * value / scale) as bar,
    if(scale = 0, null, 100 * target_value / scale) as bar_target,
    -- of the way to the target, as attainment_city has it
    if(target_value = 0, null, least(100 * value / target_value, 125))
        as bar_to_target,
    if(target_value = 0, null, 100 * pace_value / target_value) as bar_pace
from scaled
