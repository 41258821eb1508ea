-- Grain: as the mart, of what the audience sees of marts.figure.
select
    plan_id,
    code as measure,
    period,
    value_shown as value_to_date,
    value_in_period_shown as value_in_period,
    areas_expected as places_expected,
    areas_reported as places_reported,
    areas_carried as places_carried,
    periods_missing_before,
    is_withheld,
    is_untold,
from audience.figure
where section = 'measure' and area_id is null
