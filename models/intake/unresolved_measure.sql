-- One row per measure of a text file that no plan has.
select csv_measure.measure
from intake.csv_measure as csv_measure
anti join raw.listed_measure as measure on csv_measure.measure = measure.measure
