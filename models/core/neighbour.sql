-- One row per period of a plan: the period of its kind before it in the same
-- year, and the same one of the year before; null where there is none.
select
    period.period_key,
    period.plan_key,
    period.plan_id,
    period.period,
    previous.period_key as previous_key,
    previous.period as previous_period,
    previous.period_name as previous_period_name,
    last_year.period_key as last_year_key,
    last_year.period as last_year_period,
    last_year.period_name as last_year_period_name,
from raw.period as period
left join raw.period as previous
    on period.plan_key = previous.plan_key
    and period.kind = previous.kind
    and period.year = previous.year
    and period.position - 1 = previous.position
left join raw.period as last_year
    on period.plan_key = last_year.plan_key
    and period.kind = last_year.kind
    and period.position = last_year.position
    and period.year - 1 = last_year.year
