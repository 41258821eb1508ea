-- One row per plan, period and text that stands for an area and is no code of one.
select distinct reading.plan, reading.period, reading.area as "text"
from intake.csv_reading as reading
semi join intake.unresolved_area as unresolved using (area)
