select
    plan_id, indicator_code, period, area_code, area_name,
    numerator, denominator, value, value_text, status, target_value
from marts.attainment_by_ward_quarter
