-- One row per count, place and regular period that is five times what it was
-- in the period before, or more, and by at least 20; a stock also where it is
-- a fifth or less. Not where a cause is given: a note beside the figure, or a
-- bound (all establishments, of those inspected) that changed at least half
-- as many times.
with

jump as (

    select
        now.measure_key,
        now.place_key,
        now.period_key,
        now.submission_no,
        now.value,
        before.value as compared_with,
        step.before_key,
        definition.measure,
        definition.at_most_key,
        now.value > before.value as is_rise,
    from core.measure_in_period as now
    inner join core.period_before as step
        on now.period_key = step.period_key
    inner join core.measure_in_period as before
        on now.measure_key = before.measure_key
        and now.place_key = before.place_key
        and step.before_key = before.period_key
    inner join raw.measure as definition
        on now.measure_key = definition.measure_key
    where
        definition.kind = 'count'
        and abs(now.value - before.value) >= 20
        and (
            (before.value > 0 and now.value >= 5 * before.value)
            or (
                definition.over_time = 'last'
                and 5 * now.value <= before.value
            )
        )

),

caused as (

    select
        jump.measure_key,
        jump.place_key,
        jump.period_key,
    from jump
    inner join core.measure_in_period as bound
        on jump.at_most_key = bound.measure_key
        and jump.place_key = bound.place_key
        and jump.period_key = bound.period_key
    inner join core.measure_in_period as bound_before
        on jump.at_most_key = bound_before.measure_key
        and jump.place_key = bound_before.place_key
        and jump.before_key = bound_before.period_key
    where
        case
            when jump.is_rise
                then
                    2 * bound.value * jump.compared_with
                    >= jump.value * bound_before.value
            else
                2 * bound_before.value * jump.value
                >= jump.compared_with * bound.value
        end

),

explained as (

    select
        jump.measure_key,
        jump.place_key,
        jump.period_key,
    from jump
    inner join raw.measure_place as place
        on jump.measure_key = place.measure_key
        and jump.place_key = place.place_key
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

select jump.* exclude (before_key, measure, at_most_key, is_rise)
from jump
anti join reason
    on jump.measure_key = reason.measure_key
    and jump.place_key = reason.place_key
    and jump.period_key = reason.period_key
