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
        count(*) as number,
    from marts.attainment_by_ward_period as figure
    group by
        plan_id, indicator_code, period, figure.status, status_told, status_shown

),

counted as (

    select
        audience,
        plan_id,
        indicator_code,
        period,
        unnest(status_counts(status, number)),
    from seen
    group by audience, plan_id, indicator_code, period

)

select * rename (counted as wards)
from counted
