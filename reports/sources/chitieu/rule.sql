-- One row per rule that a plan file adds to the plan's words.
-- Key: plan_id, indicator_code, rule_no
-- Never null: plan_id, rule_no, rule_text
from marts.plan_rule
