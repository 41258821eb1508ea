-- One row per row of marts.measure_by_ward_period. Figures that would tell a small
-- count are withheld from the shared audience, and whether nothing arose.
with

seen as (

    select
        ward.*,
        ward.is_disclosive and audience.withholds as is_withheld,
        audience.withholds,
    from marts.measure_by_ward_period as ward
    cross join audience

)

select
    plan_id,
    measure,
    period,
    area_id,
    area_code,
    area_name,
    if(is_withheld, null, value_to_date) as value_to_date,
    if(is_withheld, null, value_in_period) as value_in_period,
    is_reported,
    if(is_withheld, null, is_nil) as is_nil,
    is_carried,
    periods_missing_before,
    basis,
    is_withheld,
from seen
