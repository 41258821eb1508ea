-- One row per row of marts.last_year: nothing in it is withheld.
from marts.last_year
