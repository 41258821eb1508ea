-- One row per reading of an area that is not valid on the last day of the period.
select
    reading.row_no, reading.sheet, reading.cell, reading.line, reading.area,
    reading.period_name, day(reading.data_to) as data_to, area.name as area_name
from intake.reading as reading
join (
    select plan_key, code, any_value(name) as name
    from intake.area
    group by plan_key, code
) as area on reading.plan_key = area.plan_key and reading.area = area.code
where reading.area_fault = 'area_unknown'
