-- One row per row of marts.measure_by_plan_period. Figures that would tell a small
-- count are withheld from the shared audience.
with

seen as (

    select
        city.*,
        city.is_disclosive and audience.withholds as is_withheld,
        audience.withholds,
    from marts.measure_by_plan_period as city
    cross join audience

)

select
    plan_id,
    measure,
    period,
    if(is_withheld, null, value_to_date) as value_to_date,
    if(is_withheld, null, value_in_period) as value_in_period,
    places_expected,
    places_reported,
    places_carried,
    periods_missing_before,
    is_withheld,
from seen
