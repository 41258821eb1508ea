-- Grain: plan × indicator × period. The facts of what the bars and lines of its
-- reporting areas say side by side. Names stand one a line.
-- Key: plan_id, indicator_code, period
-- Never null: plan_id, indicator_code, period, noun, is_ranked, values, hidden,
-- places, asked, up, down, level, up_in_period, down_in_period, level_in_period
with

compared as (

    select
        now.*,
        coalesce(plan.reporting_area_noun, 'địa bàn') as noun,
        now.value_kind in ('ratio', 'count', 'change') as is_ranked,
        area.area_name_within_sentence as area_name,
        area.area_no,
        -- a place without a target of its own has figures, and is not judged
        not marts.is_unasked(now.status) and now.target_value is not null
            as is_judged,
        marts.is_unasked(coalesce(now.before_status, 'not_applicable')) as is_first,
        max(now.value) over same = now.value as is_highest,
        min(now.value) over same = now.value as is_lowest
    from marts.indicator_point() as now
    inner join marts.plan as plan using (plan_id)
    inner join marts.area as area
        on now.plan_id = area.plan_id
        and now.area_id = area.area_id
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
    any_value(before_year) filter (where before_name is not null) as before_year,
    count(*) filter (where since_before > 0)::integer as up,
    count(*) filter (where since_before < 0)::integer as down,
    count(*) filter (where since_before = 0)::integer as level,
    string_agg(area_name, chr(10) order by area_no)
        filter (where since_before is null and not marts.is_unasked(status))
        as not_compared,
    count(*) filter (where since_before_in_period > 0)::integer as up_in_period,
    count(*) filter (where since_before_in_period < 0)::integer as down_in_period,
    count(*) filter (where since_before_in_period = 0)::integer as level_in_period,
    string_agg(area_name, chr(10) order by area_no)
        filter (where since_before_in_period is null and not marts.is_unasked(status))
        as not_compared_in_period
from compared
group by plan_id, indicator_code, period
