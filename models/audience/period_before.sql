-- One row per row of marts.period_before: nothing in it is withheld.
from marts.period_before
