-- One row per jump for which no cause is given: neither a note beside the
-- figure, nor a bound (all establishments, of those inspected) that changed at
-- least half as many times.
with

-- of few counts, before any figures are joined with each other
bound as (

    select
        figure.measure_key,
        figure.place_key,
        figure.period_key,
        figure.value,
    from core.measure_in_period as figure
    semi join core.jump as jump
        on figure.measure_key = jump.at_most_key

),

caused as (

    select
        jump.measure_key,
        jump.place_key,
        jump.period_key,
    from core.jump as jump
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
    from core.jump as jump
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

select
    jump.measure_key,
    jump.place_key,
    jump.period_key,
    jump.submission_no,
    jump.value,
    jump.compared_with,
from core.jump as jump
anti join reason
    on jump.measure_key = reason.measure_key
    and jump.place_key = reason.place_key
    and jump.period_key = reason.period_key
