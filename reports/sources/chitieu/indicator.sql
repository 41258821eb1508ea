-- One row per indicator of a plan, with the plan's words and its formula.
-- Key: plan_id, indicator_no
-- Never null: plan_id, indicator_code, indicator_no, group_code, group_name,
-- indicator_name, short_name, quote, unit, value_kind, target_text,
-- target_comparator, target_scope, pace, formula, is_by_area,
-- is_of_period
select
    plan_id,
    indicator_code,
    indicator_no,
    group_code,
    group_name,
    indicator_name,
    short_name,
    quote,
    unit_of_measure as unit,
    value_kind,
    factor,
    target_text,
    target_scope,
    target_comparator,
    pace,
    formula,
    is_by_area,
    is_of_period
from marts.indicator
