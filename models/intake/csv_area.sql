-- One row per area as a text file writes it, with the row where it first stands.
select area, min(rowid) as row_no
from intake.csv_reading
group by area
