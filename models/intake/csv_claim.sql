-- One row per plan, unit and period as a text file writes them.
select distinct plan, unit, period
from intake.csv_reading
