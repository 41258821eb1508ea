-- One row per row of marts.plan_term: nothing in it is withheld.
from marts.plan_term
