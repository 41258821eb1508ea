-- One row per indicator that is put together measure by measure (no
-- core.indicator_summed), whole or group of areas (core.indicator_scope),
-- period and role of a measure (numerator, denominator): the total of its
-- measures in exact units.
-- A ratio takes the places that know both of its parts, a count whatever is
-- known; of gone places only flows count. best: with the figures of silent
-- places as great as can be; has_no_bound: those have no bound. An average
-- over places is left undivided, with the number of its places beside it.
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
        case
            when place.is_silent and figure.role = 'numerator'
                then figure.units_best
            when place.is_silent or place.is_taken then figure.known_to_date
        end as best,
        place.is_silent and figure.role = 'numerator' and best is null
            as is_unbounded,
    from core.indicator_scope as scope
    inner join core.place_taken as place
        on scope.indicator_key = place.indicator_key
        and scope.place_key = place.place_key
    inner join core.indicator_figure as figure
        on place.indicator_key = figure.indicator_key
        and place.slot_no = figure.slot_no
        and place.place_key = figure.place_key
        and place.period_key = figure.period_key
    inner join raw.measure as measure
        on figure.measure_key = measure.measure_key
    anti join core.indicator_summed as summed
        on scope.indicator_key = summed.indicator_key
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
            when 'max' then max(best)
            when 'min' then min(best)
            else sum(best)
        end as best,
        if(how = 'average', count(to_date), 1) as places,
        if(how = 'average', count(in_period), 1) as places_in_period,
        if(
            how = 'average',
            count(*) filter (where best is not null or is_unbounded),
            1
        ) as places_best,
        bool_or(is_unbounded) and (how <> 'min' or count(best) = 0)
            as has_no_bound,
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
    sum(part.best) as best,
    max(part.places) as places,
    max(part.places_in_period) as places_in_period,
    max(part.places_best) as places_best,
    coalesce(bool_or(part.has_no_bound), false) as has_no_bound,
from over_places as part
inner join raw.indicator as indicator
    on part.indicator_key = indicator.indicator_key
group by
    part.indicator_key,
    part.scope,
    part.scope_no,
    part.period_key,
    part.role,
    indicator.value_kind
