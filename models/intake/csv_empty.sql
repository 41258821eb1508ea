-- One row: how many rows of a text file say nothing. A filter stops at the first column with text,
-- which a counted condition does not.
select count(*) as empty_count
from intake.csv_reading
where not (has_text(plan, unit, period, measure, area, "value", note))
