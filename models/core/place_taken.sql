-- One row per indicator, slot, place and period that may count in a whole:
-- places that are there, and gone ones whose flows of the year the whole keeps.
-- is_taken: it contributes to a ratio, both of whose parts are known and not
-- in doubt; may_be_left_out: what divides may come to nothing. may_change: what
-- is owed may make another figure of it. A gone place is kept unless an area that
-- exactly continues it reports; in a ratio, too, unless nobody who succeeds it is
-- taken.
with

place as not materialized (

    select
        slot.* exclude (needed),
        coalesce(missing.periods_missing_before, 0) as periods_missing_before,
        slot.is_there and slot.is_known and not slot.is_in_doubt
            as is_known_there,
    from core.indicator_by_place as slot
    left join core.indicator_missing as missing
        using (indicator_key, slot_no, place_key, period_key)

),

-- gone places with successors among the places of the indicator
succeeded as (

    select
        gone.indicator_key,
        gone.place_key,
        gone.period_key,
        coalesce(bool_or(successor.is_known_there), false) as is_one_known,
    from place as gone
    inner join raw.area_successor as succession
        on gone.place_key = succession.area_id
    inner join (
        select distinct
            part.indicator_key,
            measure_place.place_key,
        from raw.indicator_part as part
        inner join raw.measure_place as measure_place using (measure_key)
    ) as heir
        on gone.indicator_key = heir.indicator_key
        and succession.successor_id = heir.place_key
    left join place as successor
        on gone.indicator_key = successor.indicator_key
        and heir.place_key = successor.place_key
        and gone.period_key = successor.period_key
    where not gone.is_there
    group by gone.indicator_key, gone.place_key, gone.period_key

),

-- what they had reported of flows
flow as (

    select
        indicator_key,
        slot_no,
        place_key,
        period_key,
        max(there_to) as there_to,
        bool_and(known_to_date is not null) as are_known,
        bool_and(known_to_date is not null or is_open) as may_be_known,
    from core.indicator_figure
    where place_role = 'gone' and stays
    group by indicator_key, slot_no, place_key, period_key

),

gone as (

    select
        place.* exclude (may_change),
        place.value_kind = 'count'
        or (
            flow.are_known
            and not place.is_in_doubt
            and coalesce(succeeded.is_one_known, true)
        ) as is_taken,
        flow.may_be_known
        and (place.is_open or not is_taken) as may_change,
    from place
    inner join flow using (indicator_key, slot_no, place_key, period_key)
    inner join raw.indicator as indicator using (indicator_key)
    left join succeeded using (indicator_key, place_key, period_key)
    where
        not place.is_there
        and place.value_kind in ('ratio', 'count')
        and flow.there_to
        >= coalesce(indicator.applies_from, flow.there_to)

)

select
    * exclude (is_known_there),
    place.value_kind <> 'ratio' or place.is_known_there as is_taken,
    may_change and place.value_kind = 'ratio' and coalesce(denominator_least, 0) = 0
        as may_be_left_out,
    place.value_kind <> 'ratio'
    or (place.is_known_in_period and not place.is_in_doubt_in_period)
        as is_taken_in_period,
from place
where is_there
union all by name
select
    * exclude (is_known_there),
    may_change and value_kind = 'ratio' and coalesce(denominator_least, 0) = 0
        as may_be_left_out,
    is_taken as is_taken_in_period,
from gone
where is_taken or may_change
