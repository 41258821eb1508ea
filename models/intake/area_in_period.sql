-- One row per period and code of an area: the area that bears it on the period's last day.
select
    period.plan_key, period.period_key, area.code, min(area.area_id) as area_id
from raw.period as period
join intake.area as area using (plan_key)
where
    (area.valid_from is null or area.valid_from <= period.data_to)
    and (area.valid_to is null or period.data_to <= area.valid_to)
group by period.plan_key, period.period_key, area.code
