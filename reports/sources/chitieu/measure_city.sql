-- One row per plan, measure and period for the plan's whole area.
-- Key: plan_id, measure, period
-- Never null: plan_id, measure, period, places_expected, places_reported,
-- is_hidden, is_untold
select
    plan_id,
    measure,
    period,
    value_to_date::double as value_to_date,
    value_in_period::double as value_in_period,
    places_expected,
    places_reported,
    is_withheld as is_hidden,
    is_untold
from marts.measure_by_plan_period
