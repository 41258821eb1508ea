-- One row per indicator that is a change of flows, period, earlier period that
-- it is compared with (core.change_earlier), side ('later', 'earlier'), and base
-- period of that side's year up to it: what is compared base period by base
-- period. bases: how many those are. Not of a change from the period before,
-- which is one of another length.
-- None without core.change_asked.
with

-- the base periods of what is compared: of its flows
base as (

    select
        part.indicator_key,
        life.period_key,
    from raw.indicator_part as part
    inner join raw.measure as measure using (measure_key)
    inner join raw.measure_period as life using (measure_key)
    where
        measure.over_time = 'sum'
        and measure.sums_over = 'year'
        and life.is_base
    group by part.indicator_key, life.period_key

),

side as (

    select distinct
        earlier.indicator_key,
        indicator.of_key,
        earlier.period_key,
        earlier.compared_key,
        earlier.earlier_key,
        unnest(['later', 'earlier']) as side,
        unnest([indicator.of_key, earlier.compared_key]) as sided_key,
        unnest([earlier.period_key, earlier.earlier_key]) as until_key,
    from core.change_earlier as earlier
    inner join raw.indicator as indicator using (indicator_key)
    where
        indicator.change_from <> 'previous'
        and earlier.compared_key is not null
        and earlier.has_value

)

select
    side.*,
    step.period_key as base_key,
    step.kind,
    step.position,
    step.data_to,
    count(*) over (
        partition by
            side.indicator_key,
            side.period_key,
            side.compared_key,
            side.earlier_key,
            side.side
    ) as bases,
from side
inner join raw.period as until
    on side.until_key = until.period_key
inner join base
    on side.sided_key = base.indicator_key
inner join core.period_in_force as step
    on base.period_key = step.period_key
    and step.year = until.year
    and step.data_to <= until.data_to
