-- One row per row of marts.report_basis: nothing in it is withheld.
from marts.report_basis
