-- Grain: audience × report (plan × period) × indicator × unit (null: the office,
-- of the whole area): why the indicator is not attained, and what is done
-- about it, as the audience may read it.
select
    told.plan_id as report_plan,
    told.period as report_period,
    told.audience,
    told.indicator_code as code,
    indicator.indicator_no as item_no,
    told.unit_no,
    told.unit_id,
    told.unit_name,
    told.area_id,
    told.cause,
    told.remedy,
    told.is_released,
from (
    select 'city' as audience, * from city.shortfall
    union all by name
    select 'shared' as audience, * from shared.shortfall
) as told
inner join marts.indicator as indicator using (plan_id, indicator_code)
order by
    report_plan, report_period, told.audience, indicator.indicator_no,
    told.unit_no, told.unit_id
