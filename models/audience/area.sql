-- One row per row of marts.area: nothing in it is withheld.
from marts.area
