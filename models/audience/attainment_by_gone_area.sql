-- Grain: as the mart. The shared audience gets no contribution of an area to a
-- guarded measure: no published version shows it.
with

seen as (

    select
        gone.*,
        audience.withholds
        and if(
            audience.is_told_by_versions, gone.is_guarded, gone.is_disclosive
        ) as is_withheld,
    from marts.attainment_by_gone_area as gone
    cross join audience

)

select
    columns(['plan_id', 'indicator_code', 'period', 'area_id', 'area_name']),
    if(is_withheld, null, numerator) as numerator,
    if(is_withheld, null, denominator) as denominator,
    is_withheld,
from seen
