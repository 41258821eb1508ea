-- One row per plan, indicator and period for the plan's whole area. Where each
-- place must reach the target, the whole is held against none.
-- Key: plan_id, indicator_code, period
-- Never null: plan_id, indicator_code, period, is_due, status,
-- areas_expected, areas_reported, areas_carried, areas_left_out,
-- periods_missing_before, is_hidden
select
    city.plan_id,
    city.indicator_code,
    city.period,
    city.numerator::double as numerator,
    city.denominator::double as denominator,
    city.value_shown::double as value,
    city.numerator_in_period::double as numerator_in_period,
    city.denominator_in_period::double as denominator_in_period,
    city.value_in_period_shown::double as value_in_period,
    city.target_value::double as target_value,
    city.target_to::double as target_to,
    city.pace_shown::double as pace_value,
    city.beyond_count::double as beyond_count,
    city.counted_unit,
    city.is_due,
    -- of the way to the target, which stands at 100; bars end at 125
    if(
        city.value_shown is null or coalesce(city.target_value, 0) <= 0,
        null,
        least(100 * city.value_shown / city.target_value, 125)
    )::double as bar,
    if(city.target_value <= 0, null, 100 * city.pace_value / city.target_value)
        ::double as bar_pace,
    city.status,
    marts.why_none_in_period(
        city.value_kind, city.status, city.is_withheld, city.value_shown,
        city.value_in_period_shown, city.numerator_in_period,
        city.denominator_in_period
    ) as why_none_in_period,
    city.is_provisional,
    -- at the period before this one
    previous.status as status_before,
    previous.is_provisional as provisional_before,
    previous.value_shown::double as value_before,
    -- the same period of the year before
    earlier.last_year_plan_id,
    earlier.last_year_period,
    earlier.last_year_period_name as last_year_name,
    last_year.value_shown::double as last_year_value,
    city.areas_expected,
    city.areas_reported,
    city.areas_carried,
    city.areas_left_out,
    city.periods_missing_before,
    city.basis,
    city.is_withheld as is_hidden
from (
    select
        attainment.* replace (
            if(is_each, null, attainment.target_value) as target_value,
            if(is_each, null, attainment.target_to) as target_to,
            if(is_each, null, attainment.pace_value) as pace_value,
            if(is_each, null, attainment.pace_shown) as pace_shown
        ),
        value_kind,
    from marts.attainment_by_plan_period as attainment
    inner join (
        select *, target_scope = 'each' as is_each from marts.indicator
    ) using (plan_id, indicator_code)
) as city
inner join marts.period_before as before using (plan_id, period)
left join marts.attainment_by_plan_period as previous
    on before.plan_id = previous.plan_id
    and before.previous_period = previous.period
    and city.indicator_code = previous.indicator_code
left join marts.last_year as earlier
    on city.plan_id = earlier.plan_id
    and city.indicator_code = earlier.code
    and city.period = earlier.period
    and earlier.section = 'indicator'
left join marts.attainment_by_plan_period as last_year
    on earlier.last_year_plan_id = last_year.plan_id
    and earlier.last_year_code = last_year.indicator_code
    and earlier.last_year_period = last_year.period
