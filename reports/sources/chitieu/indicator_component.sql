-- One row per indicator that asks for others together, and indicator among
-- those.
-- Key: plan_id, indicator_code, component_no
-- Never null: plan_id, indicator_code, component_no, component_code
from marts.indicator_component
