-- One row per row of marts.report_unit: nothing in it is withheld.
from marts.report_unit
