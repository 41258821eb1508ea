-- One row per indicator of a plan, with the plan's words and its formula.
select
    plan.plan_id,
    indicator.indicator_code,
    indicator.indicator_no,
    indicator.group_code,
    indicator.group_name,
    indicator.indicator_name,
    indicator.short_name,
    indicator.quote,
    indicator.unit_of_measure,
    indicator.value_kind,
    indicator.factor,
    indicator.comparator as target_comparator,
    indicator.target_value,
    indicator.target_text,
    indicator.scope as target_scope,
    indicator.pace,
    indicator.formula,
    indicator.is_by_area,
    indicator.indicator_key in (
        select part.indicator_key
        from raw.indicator_part as part
        inner join raw.measure as measure using (measure_key)
        group by part.indicator_key
        having bool_and(measure.sums_over = 'period')
    ) as is_of_period,
from raw.indicator as indicator
inner join raw.plan as plan using (plan_key)
where indicator.is_shown
