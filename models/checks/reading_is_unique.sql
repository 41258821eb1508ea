-- Violations: a measure, place and period with more than one counted figure.
select
    any_value(plan.plan_id) as plan_id,
    measure_key,
    place_key,
    period_key,
    count(*) as rows_found,
from core.reading_current
inner join raw.measure using (measure_key)
inner join raw.plan as plan using (plan_key)
group by measure_key, place_key, period_key
having count(*) > 1
