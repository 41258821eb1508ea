-- One row per count, place and regular period that is five times what it was
-- in the period before, or more, and by at least 20; a stock also where it is
-- a fifth or less.
with

-- apart, so that the figures of all periods are never joined with each other
now as materialized (

    select
        figure.measure_key,
        figure.place_key,
        figure.period_key,
        figure.submission_no,
        figure.value,
        earlier.reported_before_key as before_key,
        definition.measure,
        definition.over_time,
        definition.at_most_key,
    from core.measure_in_period as figure
    inner join core.period_before as earlier
        on figure.period_key = earlier.period_key
    inner join raw.measure as definition
        on figure.measure_key = definition.measure_key
    where
        definition.kind = 'count'
        and figure.value is not null

),

jump as (

    select
        now.*,
        before.value as compared_with,
        now.value > before.value as is_rise,
    from now
    inner join core.measure_in_period as before
        on now.measure_key = before.measure_key
        and now.place_key = before.place_key
        and now.before_key = before.period_key
    where
        abs(now.value - before.value) >= 20
        and (
            (before.value > 0 and now.value >= 5 * before.value)
            or (now.over_time = 'last' and 5 * now.value <= before.value)
        )

)

select *
from jump
