-- One row per indicator that is put together measure by measure (no
-- core.indicator_summed), whole or group of areas (core.indicator_scope),
-- period and role of a measure (numerator, denominator): the total of its
-- measures in exact units.
-- A ratio takes the places that know both of its parts, a count whatever is
-- known; of gone places only flows count. least, most: with what is owed, most
-- null where nothing bounds it; what of an average is not known may bring it
-- anywhere. An average over places is left undivided, with the number of its
-- places beside it.
with

figure as (

    select
        scope.indicator_key,
        scope.scope,
        scope.scope_no,
        figure.period_key,
        figure.role,
        figure.part_no,
        measure.over_areas,
        if(place.is_taken, figure.known_to_date, null) as to_date,
        if(place.is_taken_in_period, figure.known_in_period, null) as in_period,
        place.may_change and (place.may_be_left_out or not place.is_taken)
            as is_optional,
        case
            when is_optional then 0
            when place.is_taken then figure.units_least
        end as least,
        -- the least of others may be any
        if(
            place.is_taken or place.may_change,
            if(is_optional and measure.over_areas = 'min', null, figure.units_most),
            null
        ) as most,
        place.may_change and (figure.is_open or is_optional) as is_open,
    from core.indicator_scope as scope
    inner join core.place_taken as place using (indicator_key, place_key)
    inner join core.indicator_figure as figure
        using (indicator_key, slot_no, place_key, period_key)
    inner join raw.measure as measure using (measure_key)
    anti join core.indicator_summed as summed using (indicator_key)
    where
        scope.scope <> 'place'
        and place.value_kind in ('ratio', 'count')
        and figure.stays

),

over_places as (

    select
        indicator_key,
        scope,
        scope_no,
        period_key,
        role,
        part_no,
        any_value(over_areas) as how,
        case how
            when 'max' then max(to_date)
            when 'min' then min(to_date)
            else sum(to_date)
        end as to_date,
        case how
            when 'max' then max(in_period)
            when 'min' then min(in_period)
            else sum(in_period)
        end as in_period,
        case how
            when 'min' then bool_or(is_open) and count(most) = 0
            when 'average'
                then
                    bool_or(is_open and most is null)
                    or (bool_or(is_open) and count(*) > 1)
            else bool_or(is_open and most is null)
        end as has_no_end,
        case
            when how = 'max' then max(least)
            when how = 'min' then min(least)
            when how = 'average' and bool_or(is_open) and count(*) > 1 then 0
            else sum(least)
        end as from_least,
        case
            when how = 'max' then max(most)
            when how = 'min' then min(most)
            else sum(most)
        end as to_most,
        if(how = 'average', count(to_date), 1) as places,
        if(how = 'average', count(in_period), 1) as places_in_period,
    from figure
    group by indicator_key, scope, scope_no, period_key, role, part_no

)

select
    part.indicator_key,
    part.scope,
    part.scope_no,
    part.period_key,
    part.role,
    -- of a ratio, all must be known
    if(
        count(part.to_date) >= if(indicator.value_kind = 'count', 1, count(*)),
        sum(part.to_date),
        null
    ) as to_date,
    if(
        count(part.in_period) >= if(indicator.value_kind = 'count', 1, count(*)),
        sum(part.in_period),
        null
    ) as in_period,
    sum(part.from_least) as least,
    sum(part.to_most) as most,
    coalesce(bool_or(part.has_no_end), false) as is_unbounded,
    max(part.places) as places,
    max(part.places_in_period) as places_in_period,
from over_places as part
inner join raw.indicator as indicator using (indicator_key)
group by
    part.indicator_key,
    part.scope,
    part.scope_no,
    part.period_key,
    part.role,
    indicator.value_kind
