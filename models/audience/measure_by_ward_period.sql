-- Grain: as the mart, of what the audience sees of marts.figure.
select
    plan_id,
    code as measure,
    period,
    area_id,
    area_code,
    area_name,
    value_shown::decimal(18, 4) as value_to_date,
    value_in_period_shown::decimal(18, 4) as value_in_period,
    is_reported,
    is_nil,
    areas_carried > 0 as is_carried,
    periods_missing_before,
    basis,
    is_withheld,
    is_untold,
from audience.figure
where section = 'measure' and area_id is not null
