-- Violations: a plan, indicator, ward and quarter with more than one row.
select
    plan_id,
    indicator_code,
    area_id,
    period,
    count(*) as rows_found,
from marts.attainment_by_ward_quarter
group by plan_id, indicator_code, area_id, period
having count(*) > 1
