-- One row per plan, measure and period for the plan's whole area. Its status is
-- why there is no value; no measure has a verdict.
-- Key: plan_id, measure, period
-- Never null: plan_id, measure, period, places_expected, places_reported,
-- carried, status, is_hidden, is_untold
select
    whole.plan_id,
    whole.measure,
    whole.period,
    whole.value_to_date::double as value_to_date,
    whole.value_in_period::double as value_in_period,
    whole.places_expected,
    whole.places_reported,
    coalesce(whole.places_carried, 0) as carried,
    -- of what nobody has reported there is nothing that could be hidden
    whole.is_withheld
    and (whole.places_reported > 0 or coalesce(whole.places_carried, 1) > 0) as is_hidden,
    whole.is_untold
    and (whole.places_reported > 0 or coalesce(whole.places_carried, 1) > 0) as is_untold,
    case
        when is_hidden then if(whole.is_untold, 'untold', 'withheld')
        when whole.value_to_date is null then 'not_reported'
        else 'no_target'
    end as status
from marts.measure_by_plan_period as whole
