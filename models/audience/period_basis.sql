-- One row per row of marts.period_basis: nothing in it is withheld.
from marts.period_basis
