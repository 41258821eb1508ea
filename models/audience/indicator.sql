-- One row per row of marts.indicator: nothing in it is withheld.
from marts.indicator
