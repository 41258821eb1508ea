-- One row per row of marts.report_item: nothing in it is withheld.
from marts.report_item
