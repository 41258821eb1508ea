-- One row per row of marts.change_basis: it tells where a figure is from, and
-- no figure.
from marts.change_basis
