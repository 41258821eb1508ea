-- One row per row of marts.projection. The shared audience gets none that
-- stands on a guarded measure, since no published version tells it.
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
