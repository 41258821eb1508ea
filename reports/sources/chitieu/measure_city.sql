-- One row per plan, measure and period for the plan's whole area. Small
-- counts are withheld here, so that they are in no file of the site.
-- Never null: plan_id, measure, period, places_expected, places_reported,
-- is_hidden
select
    plan_id,
    measure,
    period,
    if(is_disclosive, null, value_to_date)::double as value_to_date,
    if(is_disclosive, null, value_in_period)::double as value_in_period,
    places_expected,
    places_reported,
    is_disclosive as is_hidden
from marts.measure_by_plan_period
