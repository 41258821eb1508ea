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
    -- of what nobody has reported there is nothing that could be hidden
    is_withheld and (places_reported > 0 or coalesce(places_carried, 1) > 0) as is_hidden,
    is_untold and (places_reported > 0 or coalesce(places_carried, 1) > 0) as is_untold
from marts.measure_by_plan_period
