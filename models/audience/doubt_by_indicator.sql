-- One row per row of marts.doubt_by_indicator: nothing in it is withheld.
from marts.doubt_by_indicator
