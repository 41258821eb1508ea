-- One row per row of marts.indicator_part: nothing in it is withheld.
from marts.indicator_part
