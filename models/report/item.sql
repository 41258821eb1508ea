-- Grain: plan × period × indicator or measure, in the order of the plan file.
-- Its words and how it is counted.
with

rule as (

    select
        plan_key,
        indicator_code,
        list(rule_text order by rule_no) as added_rules,
    from raw.plan_rule
    where indicator_code is not null
    group by plan_key, indicator_code

),

item as (

    select
        indicator.plan_key,
        'indicator' as section,
        indicator.indicator_code as code,
        indicator.indicator_no as item_no,
        indicator.group_code,
        indicator.group_name,
        indicator.indicator_name as name,
        indicator.short_name,
        indicator.unit_of_measure,
        indicator.quote,
        indicator.formula,
        indicator.value_kind,
        indicator.comparator as target_comparator,
        indicator.target_value,
        indicator.target_text,
        indicator.pace,
        coalesce(rule.added_rules, []) as added_rules,
        null as kind,
        null as over_time,
        null as over_areas,
        null as reported_by,
        null as explanation,
        guarded.indicator_key is not null as is_sensitive,
        false as has_indicator,
    from raw.indicator as indicator
    left join rule using (plan_key, indicator_code)
    left join core.guarded_indicator as guarded using (indicator_key)
    where indicator.is_shown
    union all by name
    select
        plan.plan_key,
        'measure' as section,
        measure.measure as code,
        measure.measure_no as item_no,
        measure.measure_name as name,
        measure.measure_name as short_name,
        measure.unit_of_measure,
        []::varchar[] as added_rules,
        measure.kind,
        measure.over_time,
        measure.over_areas,
        measure.reported_by,
        measure.explanation,
        measure.is_sensitive,
        measure.has_indicator,
    from marts.measure as measure
    inner join raw.plan as plan using (plan_id)

)

select
    period.plan_id as report_plan,
    period.period as report_period,
    item.* exclude (plan_key),
from item
inner join raw.period as period using (plan_key)
order by report_plan, report_period, item.section, item.item_no
