-- One row per measure as a text file writes it.
select distinct measure
from intake.csv_reading
