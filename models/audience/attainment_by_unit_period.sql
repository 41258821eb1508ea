-- One row per row of marts.attainment_by_unit_period. What a department contributes
-- is withheld from the shared audience where it would tell a small count.
with

seen as (

    select
        unit.*,
        unit.is_disclosive and audience.withholds as is_withheld,
        audience.withholds,
    from marts.attainment_by_unit_period as unit
    cross join audience

)

select
    plan_id,
    indicator_code,
    period,
    unit_id,
    unit_name,
    unit_no,
    is_reported,
    is_known,
    is_taken,
    if(is_withheld, null, numerator) as numerator,
    if(is_withheld, null, denominator) as denominator,
    is_withheld,
from seen
