-- One row per row of marts.figure_due: it tells no figure.
from marts.figure_due
