-- One row per reading with an area that is not known or not the unit's, with what may be behind it:
-- a code that has lost the zeros before it, a name that is open or not valid then, or a total.
select
    reading.*,
    (reading.plan_key, reading.area) in (select (plan_key, code) from intake.area) as is_code,
    (reading.plan_key, reading.area) not in (select (plan_key, code) from intake.area)
    and (reading.plan_key, ltrim(reading.area, '0')) in (
        select (plan_key, ltrim(code, '0')) from intake.area where starts_with(code, '0')
    ) as has_lost_zero,
    (reading.plan, reading.period, reading.area) in (
        select (plan, period, area) from intake.name_fault
    ) as has_name_fault,
    is_total(reading.area, reading.area_code) as is_total_row
from intake.reading as reading
where reading.area_fault in ('area_unknown', 'area_of_another')
