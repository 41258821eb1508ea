-- Grain: plan × indicator × reporting area × period. The facts of what the line
-- of that area says.
-- Key: plan_id, indicator_code, period, area_id
-- Never null: plan_id, indicator_code, area_id, period, period_name, year,
-- period_kind, is_estimate, is_of_period, value_kind, status, is_hidden, areas_carried,
-- periods_missing_before
select
    * exclude (
        value_in_period, why_none_in_period, before_status_in_period,
        since_before_in_period, numerator, denominator, areas_expected, areas_reported,
        areas_left_out
    )
from marts.indicator_point()
where area_id is not null
