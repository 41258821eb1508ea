-- One row per rule that a plan file adds to the plan's words, for the whole
-- plan (indicator_code null) or one indicator.
select
    plan.plan_id,
    rule.indicator_code,
    rule.rule_no,
    rule.rule_text,
from raw.plan_rule as rule
inner join raw.plan as plan using (plan_key)
