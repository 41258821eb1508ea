-- Grain: as the mart. The shared audience gets no contribution of a department
-- to a guarded measure: no published version shows it.
with

seen as (

    select
        unit.*,
        audience.withholds
        and if(
            audience.is_told_by_versions, unit.is_guarded, unit.is_disclosive
        ) as is_withheld,
        audience.withholds,
    from marts.attainment_by_unit_period as unit
    cross join audience

)

select
    columns([
        'plan_id', 'indicator_code', 'period', 'unit_id', 'unit_name', 'unit_no',
        'is_reported', 'is_known'
    ]),
    -- what is known is left out for what it is
    if(is_withheld, is_known, is_taken) as is_taken,
    if(is_withheld, null, numerator) as numerator,
    if(is_withheld, null, denominator) as denominator,
    is_withheld,
from seen
