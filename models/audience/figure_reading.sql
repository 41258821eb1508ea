-- One row per row of marts.figure_reading: nothing in it is withheld, since it
-- tells no figure, and that a due figure is blank may be known.
from marts.figure_reading
