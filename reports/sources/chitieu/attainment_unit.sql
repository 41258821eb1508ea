-- One row per plan, indicator, period and department that contributes to the
-- value of the plan's whole area and has no area of its own.
-- Key: plan_id, indicator_code, period, unit_id
-- Never null: plan_id, indicator_code, period, unit_id, unit_name, unit_no,
-- unit_slug, is_reported, is_known, is_taken, is_hidden
select
    plan_id,
    indicator_code,
    period,
    unit_id,
    unit_name,
    unit_no,
    'don-vi-' || unit_no as unit_slug,
    is_reported,
    is_known,
    is_taken,
    numerator::double as numerator,
    denominator::double as denominator,
    is_withheld as is_hidden
from marts.attainment_by_unit_period
