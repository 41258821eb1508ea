-- Grain: plan × indicator × period. The facts of what the bars and lines of its
-- reporting areas say side by side. Names stand one a line.
-- Key: plan_id, indicator_code, period
-- Never null: plan_id, indicator_code, period, noun, is_ranked, values, hidden,
-- places, asked, up, down, level, up_in_period, down_in_period, level_in_period
with

compared as (

    select
        now.plan_id,
        now.indicator_code,
        now.period,
        coalesce(plan.reporting_area_noun, 'địa bàn') as noun,
        indicator.unit_of_measure as unit,
        indicator.value_kind in ('ratio', 'count', 'change') as is_ranked,
        area.area_name_within_sentence as area_name,
        area.area_no,
        now.value_shown::double as value,
        now.status,
        now.is_withheld as is_hidden,
        -- a place without a target of its own has figures, and is not judged
        not marts.is_unasked(now.status) and now.target_value is not null
            as is_judged,
        if(previous.status is null, null, earlier.period_name) as before_name,
        if(previous.status is null, null, earlier.year) as before_year,
        marts.is_unasked(coalesce(previous.status, 'not_applicable')) as is_first,
        marts.difference(
            now.value, previous.value, now.value_shown, previous.value_shown
        ) as change,
        marts.difference(
            now.value_in_period, previous.value_in_period,
            now.value_in_period_shown, previous.value_in_period_shown
        ) as change_in_period,
        max(now.value_shown) over same = now.value_shown as is_highest,
        min(now.value_shown) over same = now.value_shown as is_lowest
    from marts.attainment_by_ward_period as now
    inner join marts.plan as plan using (plan_id)
    inner join marts.indicator as indicator using (plan_id, indicator_code)
    inner join marts.area as area
        on now.plan_id = area.plan_id
        and now.area_id = area.area_id
    inner join marts.period_before as before using (plan_id, period)
    left join marts.period as earlier
        on before.plan_id = earlier.plan_id
        and before.previous_period = earlier.period
    left join marts.attainment_by_ward_period as previous
        on before.plan_id = previous.plan_id
        and before.previous_period = previous.period
        and now.indicator_code = previous.indicator_code
        and now.area_id = previous.area_id
    window same as (
        partition by now.plan_id, now.indicator_code, now.period
    )

)

select
    plan_id,
    indicator_code,
    period,
    any_value(noun) as noun,
    any_value(unit) as unit,
    any_value(is_ranked) as is_ranked,
    count(value)::integer as values,
    count(*) filter (where is_hidden)::integer as hidden,
    count(*) filter (where is_judged)::integer as places,
    count(*) filter (where not marts.is_unasked(status))::integer as asked,
    max(value) as highest,
    min(value) as lowest,
    string_agg(area_name, chr(10) order by area_no) filter (where is_highest)
        as at_highest,
    string_agg(area_name, chr(10) order by area_no) filter (where is_lowest)
        as at_lowest,
    -- null where the indicator applied nowhere
    if(bool_and(is_first), null, any_value(before_name)) as before_name,
    any_value(before_year) as before_year,
    count(*) filter (where change > 0)::integer as up,
    count(*) filter (where change < 0)::integer as down,
    count(*) filter (where change = 0)::integer as level,
    string_agg(area_name, chr(10) order by area_no)
        filter (where change is null and not marts.is_unasked(status))
        as not_compared,
    count(*) filter (where change_in_period > 0)::integer as up_in_period,
    count(*) filter (where change_in_period < 0)::integer as down_in_period,
    count(*) filter (where change_in_period = 0)::integer as level_in_period,
    string_agg(area_name, chr(10) order by area_no)
        filter (where change_in_period is null and not marts.is_unasked(status))
        as not_compared_in_period
from compared
group by plan_id, indicator_code, period
