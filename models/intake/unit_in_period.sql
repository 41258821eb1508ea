-- One row per period and code of a unit: the unit that bears it on the period's last day, since
-- codes are used again for others.
select
    period.plan_key, period.period_key, unit.unit_code, min(unit.unit_key) as unit_key
from raw.period as period
join intake.unit as unit using (plan_key)
where
    (unit.valid_from is null or unit.valid_from <= period.data_to)
    and (unit.valid_to is null or period.data_to <= unit.valid_to)
group by period.plan_key, period.period_key, unit.unit_code
