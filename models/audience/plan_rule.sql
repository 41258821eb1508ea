-- One row per row of marts.plan_rule: nothing in it is withheld.
from marts.plan_rule
