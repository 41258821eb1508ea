-- One row per plan and text that stands for a measure and is no code of one.
select distinct reading.plan, '' as period, reading.measure as "text"
from intake.csv_reading as reading
semi join intake.unresolved_measure as unresolved using (measure)
where reading.measure <> ''
