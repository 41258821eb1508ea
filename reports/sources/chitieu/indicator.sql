select plan_id, indicator_code, indicator_name, quote, target_text
from marts.indicator
