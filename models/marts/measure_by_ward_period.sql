-- View. Grain: measure × reporting area (ward) × period in force. Null values:
-- nothing reported. is_nil: the period's own report says that nothing arose,
-- which counts as 0.
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
    -- what an audience sees of figures is withheld or untold (models/audience.yaml)
    columns('^is_(guarded|disclosive|withheld|untold)$'),
from marts.figure
where section = 'measure' and area_id is not null
