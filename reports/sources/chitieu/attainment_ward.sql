-- One row per plan, indicator, ward and period. What is withheld is not
-- ranked. Rank 1 is best: the highest value, or the lowest where the
-- target is a ceiling; wards without a value have no rank, nor has a
-- condition that a ward either fulfils or does not, nor wards of which not
-- the same is asked.
-- Key: plan_id, indicator_code, period, area_id
-- Never null: plan_id, indicator_code, period, area_id, status,
-- areas_expected, areas_reported, areas_carried, areas_left_out,
-- periods_missing_before, is_hidden, is_due, ranked
with

shown as (

    select
        ward.plan_id,
        ward.indicator_code,
        ward.period,
        ward.area_id,
        ward.numerator::double as numerator,
        ward.denominator::double as denominator,
        ward.value_shown::double as value,
        ward.value::double as exact_value,
        ward.numerator_in_period::double as numerator_in_period,
        ward.denominator_in_period::double as denominator_in_period,
        ward.value_in_period_shown::double as value_in_period,
        ward.target_comparator,
        ward.target_value::double as target_value,
        ward.target_to::double as target_to,
        ward.pace_shown::double as pace_value,
        ward.beyond_count::double as beyond_count,
        ward.counted_unit,
        ward.is_due,
        ward.status,
        marts.why_none_in_period(
            indicator.value_kind, ward.status, ward.is_withheld, ward.value_shown,
            ward.value_in_period_shown, ward.numerator_in_period,
            ward.denominator_in_period
        ) as why_none_in_period,
        ward.is_provisional,
        indicator.value_kind in ('ratio', 'count', 'change') as is_ranked,
        -- what is asked of a ward that has a value
        if(
            ward.value is null,
            null,
            concat_ws(
                ' ', ward.target_comparator, ward.target_value, ward.target_to
            )
        ) as asked,
        coalesce(last_year.value_shown, made_of.value_shown)::double as last_year_value,
        ward.areas_expected,
        ward.areas_reported,
        ward.areas_carried,
        ward.areas_left_out,
        ward.periods_missing_before,
        ward.basis,
        ward.is_withheld as is_hidden
    from marts.attainment_by_ward_period as ward
    inner join marts.indicator as indicator using (plan_id, indicator_code)
    -- the same area at the same period of the year before
    left join marts.last_year as earlier
        on ward.plan_id = earlier.plan_id
        and ward.indicator_code = earlier.code
        and ward.period = earlier.period
        and earlier.section = 'indicator'
    left join marts.attainment_by_ward_period as last_year
        on earlier.last_year_plan_id = last_year.plan_id
        and earlier.last_year_code = last_year.indicator_code
        and earlier.last_year_period = last_year.period
        and ward.area_id = last_year.area_id
    left join marts.last_year_made_of as made_of
        on ward.plan_id = made_of.plan_id
        and ward.indicator_code = made_of.code
        and ward.period = made_of.period
        and ward.area_id = made_of.area_id
        and made_of.section = 'indicator'

),

scaled as (

    select
        *,
        -- bars begin at 0: where there is a figure below, there are none
        if(
            least(min(value) over same, target_value) < 0,
            null,
            greatest(max(value) over same, target_value)
        ) as scale,
        if(
            value is null or not is_ranked
            or min(asked) over same <> max(asked) over same,
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
    * exclude (exact_value, target_comparator, is_ranked, asked, scale),
    if(scale = 0, 0, 100 * value / scale) as bar,
    if(scale = 0, null, 100 * target_value / scale) as bar_target,
    -- of the way to the target, as attainment_city has it
    if(
        value is null or coalesce(target_value, 0) <= 0,
        null,
        least(100 * value / target_value, 125)
    ) as bar_to_target,
    if(target_value <= 0, null, 100 * pace_value / target_value) as bar_pace
from scaled
