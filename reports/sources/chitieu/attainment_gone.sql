-- One row per plan, indicator, period and area that is gone, whose flows of
-- the year stay in the value of the plan's whole area.
-- Key: plan_id, indicator_code, period, area_id
-- Never null: plan_id, indicator_code, period, area_id, is_hidden
select
    plan_id,
    indicator_code,
    period,
    area_id,
    numerator::double as numerator,
    denominator::double as denominator,
    is_withheld as is_hidden
from marts.attainment_by_gone_area
