-- View: one row per measure, place and period for which a figure is due: the plan is
-- in force, the measure is asked for in such a period and has begun, and where
-- the place is an area, it reports on the period's last day.
select
    measure_key,
    place_key,
    unit_key,
    plan_key,
    period_key,
    is_base,
from core.measure_place_period
where is_owed
