-- Grain: audience × report (plan × period) × indicator × unit (null: the office,
-- of the whole area): why the indicator is not attained, and what is done
-- about it, as the audience may read it.
select
    seen.plan_id as report_plan,
    seen.period as report_period,
    seen.audience,
    'indicator' as section,
    seen.indicator_code as code,
    indicator.indicator_no as item_no,
    columns([
        'unit_no', 'unit_id', 'unit_name', 'area_id', 'cause', 'remedy', 'is_released'
    ]),
from (
    select 'city' as audience, * from city.shortfall
    union all by name
    select 'shared' as audience, * from shared.shortfall
) as seen
inner join marts.indicator as indicator using (plan_id, indicator_code)
order by
    report_plan, report_period, seen.audience, indicator.indicator_no,
    seen.unit_no, seen.unit_id
