-- One row per measure, place and covering period with a base period in it:
-- what the place reported for those (its parts). closed_to: the last day of
-- the latest part that is closed while the place was there. is_reported: the
-- place reported for that part or a later one. parts_missing: closed parts
-- that it owes. owed_to: the last day of the latest part of which something may
-- still come; whole_to: of the latest to which nothing is owed.
with

part as (

    select
        cover.measure_key,
        reading.place_key,
        cover.period_key,
        reading.period_key as part_key,
        reading.data_to,
        reading.place_role = 'there' as is_there,
        reading.place_role = 'there' and state.is_closed as is_closed,
        reading.is_owed,
        reading.value,
        reading.is_partial,
    from raw.measure_cover as cover
    inner join core.measure_reading as reading
        on cover.measure_key = reading.measure_key
        and cover.part_key = reading.period_key
    inner join core.period_state as state
        on reading.period_key = state.period_key

)

select
    measure_key,
    place_key,
    period_key,
    count(*) filter (where is_there) as parts,
    count(value) as parts_reported,
    count(*) filter (where is_closed and value is null) as parts_missing,
    max(data_to) filter (where is_closed) as closed_to,
    max(data_to) filter (where is_owed and (value is null or is_partial)) as owed_to,
    max(data_to) filter (where value is not null) as reported_to,
    max(data_to) filter (where value is not null and not is_partial) as whole_to,
    reported_to is not null
    and coalesce(reported_to >= closed_to, true) as is_reported,
    sum(value)::decimal(18, 4) as value_sum,
    max(value) as value_max,
    min(value) as value_min,
    arg_max(value, data_to) as value_last,
    arg_max(part_key, data_to) filter (where value is not null) as last_key,
from part
group by measure_key, place_key, period_key
