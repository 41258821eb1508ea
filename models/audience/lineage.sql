-- One row per row of marts.lineage: nothing in it is withheld.
from marts.lineage
