-- Grain: as the mart. The shared audience gets no projection of a guarded
-- measure: no published version shows one.
with

seen as (

    select
        projection.*,
        audience.withholds
        and if(
            audience.is_told_by_versions,
            projection.is_guarded,
            projection.is_disclosive
        ) as is_withheld,
    from marts.projection as projection
    cross join audience

)

select * exclude (is_guarded, is_disclosive, is_withheld)
from seen
where not is_withheld
