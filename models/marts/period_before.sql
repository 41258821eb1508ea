-- One row per period of a plan: the period of its kind before it in the same
-- year, and the one of its place in the year before, with which its figures to
-- date are compared; null where there is none.
select
    plan_id,
    period,
    previous_period,
    previous_period_name,
    last_year_period,
    last_year_period_name,
from core.period_before
