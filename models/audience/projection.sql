-- One row per row of marts.projection that tells no small count.
with

seen as (

    select
        projection.*,
        projection.is_disclosive and audience.withholds as is_withheld,
    from marts.projection as projection
    cross join audience

)

select * exclude (is_disclosive, is_withheld)
from seen
where not is_withheld
