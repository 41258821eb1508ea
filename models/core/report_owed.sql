-- One row per unit and period for which the unit owes a report: the plan is in
-- force, the unit exists on the period's last day, and at least one figure of
-- it is asked for in that period.
select distinct
    unit_key,
    plan_key,
    period_key,
from core.measure_place_period
where is_owed
