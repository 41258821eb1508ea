-- One row per row of marts.indicator_latest: nothing in it is withheld.
from marts.indicator_latest
