-- One row per row of marts.period: nothing in it is withheld.
from marts.period
