-- One row per audience, plan, indicator and period: how many of the plan's
-- reporting areas (wards) stand how on it.
with

seen as (

    select
        plan_id,
        indicator_code,
        period,
        unnest([
            {'audience': 'city', 'counts': status_counts(status)},
            {'audience': 'shared', 'counts': status_counts(status_told)},
            {'audience': 'release', 'counts': status_counts(status_shown)}
        ]) as by_audience,
    from marts.attainment_by_ward_period
    group by plan_id, indicator_code, period

),

counted as (

    select
        by_audience.audience,
        plan_id,
        indicator_code,
        period,
        unnest(by_audience.counts),
    from seen

)

select * rename (counted as wards)
from counted
