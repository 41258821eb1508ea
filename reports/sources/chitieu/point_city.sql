-- Grain: plan × indicator × period, of the plan's whole area. The facts of what
-- its chart says of the value to date and of that in the period.
-- Key: plan_id, indicator_code, period
-- Never null: plan_id, indicator_code, period, period_name, year, period_kind,
-- is_estimate, is_of_period, value_kind, status, is_hidden, areas_expected, areas_reported,
-- areas_carried, areas_left_out, periods_missing_before
select * exclude (area_id, numerator, denominator)
from marts.indicator_point()
where area_id is null
