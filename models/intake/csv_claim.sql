-- One row per plan, unit and period as a text file writes them, with the row where they first
-- stand.
select plan, unit, period, min(rowid) as row_no
from intake.csv_reading
group by plan, unit, period
