-- One row per reading of an area by the name of one that is not there at the end of the period.
select
    reading.row_no, reading.sheet, reading.cell, reading.line, reading.area,
    place.name as area_name, validity(place.valid_from, place.valid_to) as validity,
    reading.period_name, day(reading.data_to) as data_to
from intake.reading as reading
join intake.name_fault as fault using (plan, period, area)
join raw.area as place on fault.area_id = place.area_id
where
    reading.area_fault in ('area_unknown', 'area_of_another')
    and fault.code = 'area_name_not_valid'
