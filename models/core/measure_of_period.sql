-- One row per measure, place and period of core.measure_place_period, with
-- what is known of the period alone. A base period is based on its own reading.
-- A covering one is based on the place's own reading for it where there is one,
-- else on its parts; a minimum on both. An area that is exactly made of others
-- goes on with their flows, which its own report for a period in which it was
-- founded leaves out (value_inherited). weight: the base periods that an average is of;
-- units: its sum, in exact units. stock_key: the period whose reading a stock
-- is. is_lacking: a closed period in it is missing. is_open: what is owed, and
-- did not come yet, may make it another; stays: what of a flow or greatest value
-- is left then at the least, since an own report that is owed replaces the parts.
with

of_place as not materialized (

    select
        reading.*,
        measure.over_time,
        parts.parts,
        parts.parts_reported,
        state.is_closed,
        case
            when not reading.is_covering then reading.value
            when measure.over_time = 'sum'
                then coalesce(reading.value, parts.value_sum)
            when measure.over_time = 'max'
                then coalesce(reading.value, parts.value_max)
            when measure.over_time = 'last'
                then coalesce(reading.value, parts.value_last)
            when measure.over_time = 'min'
                then least(reading.value, parts.value_min)
        end as value_of_place,
        case
            when measure.over_time <> 'average' then null
            when reading.value is null then coalesce(parts.parts_reported, 0)
            else greatest(coalesce(parts.parts, 0), 1)
        end as weight,
        if(
            measure.over_time = 'average',
            coalesce(
                exact(reading.value) * weight,
                if(reading.is_covering, exact(parts.value_sum), null)
            ),
            null
        ) as units,
        if(reading.value is null, parts.last_key, reading.period_key)
            as stock_key,
        reading.value is not null or coalesce(parts.is_reported, false)
            as is_reported,
        case
            when reading.place_role <> 'there' then false
            when reading.is_covering then coalesce(parts.parts_missing, 0) > 0
            else reading.is_base and state.is_closed and reading.value is null
        end as is_lacking,
        case
            when measure.over_time = 'min' and parts.owed_to is not null then true
            when reading.value is not null then reading.is_partial
            when reading.is_owed then true
            when measure.over_time = 'last'
                then parts.owed_to > coalesce(parts.whole_to, '-infinity')
            else parts.owed_to is not null
        end as may_change,
        if(
            reading.value is null and reading.is_covering and reading.is_owed,
            null,
            value_of_place
        ) as stays,
    from core.measure_reading as reading
    inner join raw.measure as measure using (measure_key)
    inner join core.period_state as state using (period_key)
    left join core.covering_parts as parts using (measure_key, place_key, period_key)

),

inherited as (

    select
        earlier.measure_key,
        succession.successor_id as place_key,
        earlier.period_key,
        sum(earlier.value_of_place) as value,
        sum(earlier.stays) as stays,
        bool_or(earlier.may_change) as may_change,
    from core.exact_succession as succession
    inner join of_place as earlier
        on succession.plan_key = earlier.plan_key
        and succession.area_id = earlier.place_key
    where earlier.over_time = 'sum'
    group by all

)

select
    of_place.* exclude (
        value, value_of_place, may_change, stays, unit_key, is_owed, is_partial,
        is_closed, parts, parts_reported
    ),
    of_place.value as value_own,
    inherited.value as value_inherited,
    if(
        inherited.value is null,
        of_place.value_of_place,
        coalesce(of_place.value_of_place, 0) + inherited.value
    )::decimal(18, 4) as value,
    (coalesce(of_place.stays, 0) + coalesce(inherited.stays, 0))::decimal(18, 4)
        as stays,
    coalesce(of_place.may_change or inherited.may_change, false) as is_open,
from of_place
left join inherited using (measure_key, place_key, period_key)
