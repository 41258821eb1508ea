-- One row per jump for which no cause is given: a count of a place and base
-- period of its measure that is five times what it was in the period before, or more, and by at
-- least 20; a stock also where it is a fifth or less. A cause is a note beside the
-- figure, or a bound (all establishments, of those inspected) that changed at
-- least half as many times.
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
    inner join core.period_before as earlier using (period_key)
    inner join raw.measure as definition using (measure_key)
    where
        figure.is_base
        and definition.kind = 'count'
        and figure.value is not null

),

jump as materialized (

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

),

-- of few counts, before any figures are joined with each other
bound as (

    select
        figure.measure_key,
        figure.place_key,
        figure.period_key,
        figure.value,
    from core.measure_in_period as figure
    semi join jump
        on figure.measure_key = jump.at_most_key

),

caused as (

    select
        jump.measure_key,
        jump.place_key,
        jump.period_key,
    from jump
    inner join bound
        on jump.at_most_key = bound.measure_key
        and jump.place_key = bound.place_key
        and jump.period_key = bound.period_key
    inner join bound as bound_before
        on jump.at_most_key = bound_before.measure_key
        and jump.place_key = bound_before.place_key
        and jump.before_key = bound_before.period_key
    where
        case
            when jump.is_rise
                then
                    2 * in_units(bound.value) * in_units(jump.compared_with)
                    >= in_units(jump.value) * in_units(bound_before.value)
            else
                2 * in_units(bound_before.value) * in_units(jump.value)
                >= in_units(jump.compared_with) * in_units(bound.value)
        end

),

explained as (

    select
        jump.measure_key,
        jump.place_key,
        jump.period_key,
    from jump
    inner join raw.measure_place as place using (measure_key, place_key)
    inner join ledger.main.reading as reading
        on jump.submission_no = reading.submission_no
        and jump.measure = reading.measure
        and place.area_id is not distinct from reading.area_id
    where reading.note <> ''

),

reason as (

    select * from caused
    union all
    select * from explained

)

select
    jump.measure_key,
    jump.place_key,
    jump.period_key,
    jump.submission_no,
    jump.value,
    jump.compared_with,
from jump
anti join reason using (measure_key, place_key, period_key)
