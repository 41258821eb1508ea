-- Grain: audience × indicator × period. How many of the plan's reporting areas
-- (wards) have which status on it.
with

seen as (

    select
        plan_id,
        indicator_code,
        period,
        unnest(['city', 'shared', 'release']) as audience,
        unnest([status, status_told, status_shown]) as status,
    from marts.attainment_by_ward_period

),

counted as (

    select
        audience,
        plan_id,
        indicator_code,
        period,
        unnest(status_counts(status)),
    from seen
    group by audience, plan_id, indicator_code, period

)

select * rename (counted as wards)
from counted
