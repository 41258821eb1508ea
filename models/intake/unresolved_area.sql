-- One row per area of a text file that is no code: a code is digits, or what the catalogue knows.
select csv_area.area
from intake.csv_area as csv_area
anti join raw.area as area on csv_area.area = area.code
where csv_area.area <> '' and not regexp_full_match(csv_area.area, '[0-9]+')
