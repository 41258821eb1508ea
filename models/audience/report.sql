-- One row per row of marts.report: nothing in it is withheld.
from marts.report
