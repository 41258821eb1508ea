-- Grain: plan × period × reporting unit. Whether and when its report was
-- received: the report's coverage.
select
    *,
    plan_id as report_plan,
    period as report_period,
from marts.submission_timeliness
order by report_plan, report_period, unit_no
