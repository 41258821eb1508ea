-- One row per row of marts.measure: nothing in it is withheld.
from marts.measure
