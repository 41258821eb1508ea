-- One row per row of marts.last_year_made_of: nothing in it stands on what is
-- guarded.
from marts.last_year_made_of
