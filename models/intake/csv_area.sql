-- One row per area as a text file writes it.
select distinct area
from intake.csv_reading
