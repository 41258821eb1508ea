select plan_id, number, title, is_demonstration
from marts.plan
