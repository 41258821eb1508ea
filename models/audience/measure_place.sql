-- One row per row of marts.measure_place: nothing in it is withheld.
from marts.measure_place
