-- View. Grain: measure × period in force and not in the future, for the plan's
-- whole area: to date and in the period, and by how many places.
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
    -- what an audience sees of figures is withheld or untold (models/audience.yaml)
    columns('^is_(guarded|disclosive|withheld|untold)$'),
from marts.figure
where section = 'measure' and area_id is null
