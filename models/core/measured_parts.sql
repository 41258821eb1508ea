-- One row per indicator with a value of its own measures, scope
-- (core.indicator_scope) and period in which it applies there: what makes up
-- the value, in units of the indicator, and the coverage. Shares count against every
-- place, or condition, that is expected. A ratio takes the places that know
-- both of its parts, a count whatever is known; of gone places only flows
-- count. best: with the figures of silent places as great as can be;
-- has_no_bound: those have no bound. An average over places is left undivided,
-- with the number of its places beside it.
with

place as (

    select
        place.* exclude (numerator, denominator),
        place.value_kind in ('ratio', 'count') as is_total,
        -- in doubt, it shows what it reported
        if(place.is_taken, place.numerator, null) as numerator_taken,
        if(place.is_taken, place.denominator, null) as denominator_taken,
        if(place.is_taken or place.is_in_doubt, place.numerator, null)
            as numerator,
        if(place.is_taken or place.is_in_doubt, place.denominator, null)
            as denominator,
        if(place.is_silent, place.numerator_best, numerator_taken)
            as numerator_at_best,
        if(place.is_silent or place.is_taken, place.denominator, null)
            as denominator_at_best,
    from core.place_taken as place

),

-- what is counted once at a place is its own row
single as (

    select
        indicator_key,
        'place' as scope,
        place_key as scope_no,
        period_key,
        value_kind,
        1 as areas_expected,
        is_reported::integer as areas_reported,
        -- of what must be in every period nothing is carried
        (is_known and not is_reported and not is_lacking)::integer
            as areas_carried,
        (not is_taken)::integer as areas_left_out,
        coalesce(is_known and place.basis = 'own', false)::integer as areas_own,
        periods_missing_before,
        if(is_known, basis, null) as basis,
        is_in_doubt,
        is_silent,
        is_known::integer as known,
        (is_known and holds)::integer as holding,
        is_known_in_period::integer as known_in_period,
        (is_known_in_period and holds_in_period)::integer as holding_in_period,
        (is_silent or (is_known and holds))::integer as holding_best,
        is_total,
        numerator,
        denominator,
        if(is_taken_in_period or is_in_doubt_in_period, numerator_in_period, null)
            as numerator_in_period,
        if(is_taken_in_period or is_in_doubt_in_period, denominator_in_period, null)
            as denominator_in_period,
        numerator_at_best as numerator_best,
        denominator_at_best as denominator_best,
        is_silent and is_unbounded as has_no_bound,
    from place
    where is_there and value_kind <> 'all_of'

),

-- several places, or several conditions at one
several as (

    select
        scope.indicator_key,
        scope.scope,
        scope.scope_no,
        place.period_key,
        any_value(place.value_kind) as value_kind,
        count(*) filter (where place.is_there) as areas_expected,
        count(*) filter (where place.is_there and place.is_reported)
            as areas_reported,
        count(*) filter (
            where
            place.is_there
            and place.is_known
            and not place.is_reported
            and not place.is_lacking
        ) as areas_carried,
        count(*) filter (where place.is_there and not place.is_taken)
            as areas_left_out,
        count(*) filter (
            where place.is_there and place.is_known and place.basis = 'own'
        ) as areas_own,
        sum(place.periods_missing_before) as periods_missing_before,
        min(place.basis) filter (where place.is_there and place.is_known)
            as first_basis,
        max(place.basis) filter (where place.is_there and place.is_known)
            as last_basis,
        bool_or(place.is_there and place.is_in_doubt) as is_in_doubt,
        bool_or(place.is_silent) as is_silent,
        count(*) filter (where place.is_known) as known,
        count(*) filter (where place.is_known and place.holds) as holding,
        count(*) filter (where place.is_known_in_period) as known_in_period,
        count(*) filter (
            where place.is_known_in_period and place.holds_in_period
        ) as holding_in_period,
        count(*) filter (
            where place.is_silent or (place.is_known and place.holds)
        ) as holding_best,
        any_value(place.is_total) as is_total,
        sum(place.numerator_taken) as numerator,
        sum(place.denominator_taken) as denominator,
        sum(place.numerator_in_period) filter (where place.is_taken_in_period)
            as numerator_in_period,
        sum(place.denominator_in_period) filter (where place.is_taken_in_period)
            as denominator_in_period,
        sum(place.numerator_at_best) as numerator_best,
        sum(place.denominator_at_best) as denominator_best,
        bool_or(place.is_silent and place.is_unbounded) as has_no_bound,
    from core.indicator_scope as scope
    inner join place
        on scope.indicator_key = place.indicator_key
        and scope.place_key = place.place_key
    where
        scope.scope <> 'place'
        or (place.value_kind = 'all_of' and place.is_there)
    group by all
    having areas_expected > 0

),

-- what is put together measure by measure
total as (

    select
        several.* exclude (
            first_basis,
            last_basis,
            numerator,
            denominator,
            numerator_in_period,
            denominator_in_period,
            numerator_best,
            denominator_best,
            has_no_bound
        ),
        if(first_basis < last_basis, 'mixed', first_basis) as basis,
        summed.indicator_key is not null as is_summed,
        if(is_summed, several.numerator, numerator.to_date) as numerator,
        if(is_summed, several.denominator, denominator.to_date) as denominator,
        if(is_summed, several.numerator_in_period, numerator.in_period)
            as numerator_in_period,
        if(is_summed, several.denominator_in_period, denominator.in_period)
            as denominator_in_period,
        if(is_summed, several.numerator_best, numerator.best)
            as numerator_best,
        if(is_summed, several.denominator_best, denominator.best)
            as denominator_best,
        if(
            is_summed,
            several.has_no_bound,
            coalesce(numerator.has_no_bound, false)
        ) as has_no_bound,
        numerator.places as numerator_places,
        denominator.places as denominator_places,
        numerator.places_in_period as numerator_places_in_period,
        denominator.places_in_period as denominator_places_in_period,
        numerator.places_best as numerator_places_best,
        denominator.places_best as denominator_places_best,
    from several
    left join core.indicator_summed as summed
        on several.indicator_key = summed.indicator_key
    left join core.scope_total as numerator
        on several.indicator_key = numerator.indicator_key
        and several.scope = numerator.scope
        and several.scope_no = numerator.scope_no
        and several.period_key = numerator.period_key
        and numerator.role = 'numerator'
    left join core.scope_total as denominator
        on several.indicator_key = denominator.indicator_key
        and several.scope = denominator.scope
        and several.scope_no = denominator.scope_no
        and several.period_key = denominator.period_key
        and denominator.role = 'denominator'

),

part as (

    from single
    union all by name
    from total

)

select
    part.indicator_key,
    part.scope,
    part.scope_no,
    part.period_key,
    indicator.unit,
    areas_expected,
    areas_reported,
    areas_carried,
    areas_left_out,
    areas_own,
    periods_missing_before,
    basis,
    is_in_doubt,
    is_silent,
    case
        when is_total
            then
                if(
                    part.value_kind = 'count' or part.denominator is not null,
                    part.numerator,
                    null
                )
        when known > 0 then in_unit(holding, unit)
    end as numerator,
    case
        when part.value_kind = 'ratio'
            then if(part.numerator is null, null, part.denominator)
        when part.value_kind <> 'count' and known > 0 then in_unit(areas_expected, unit)
    end as denominator,
    case
        when is_total then part.numerator_in_period
        when known_in_period > 0 then in_unit(holding_in_period, unit)
    end as numerator_in_period,
    case
        when part.value_kind = 'ratio' then part.denominator_in_period
        when part.value_kind <> 'count' and known_in_period > 0
            then in_unit(areas_expected, unit)
    end as denominator_in_period,
    if(is_total, part.numerator_best, in_unit(holding_best, unit)) as numerator_best,
    if(is_total, part.denominator_best, in_unit(areas_expected, unit))
        as denominator_best,
    coalesce(numerator_places, 1) as numerator_places,
    coalesce(denominator_places, 1) as denominator_places,
    coalesce(numerator_places_in_period, 1) as numerator_places_in_period,
    coalesce(denominator_places_in_period, 1) as denominator_places_in_period,
    coalesce(numerator_places_best, 1) as numerator_places_best,
    coalesce(denominator_places_best, 1) as denominator_places_best,
    coalesce(has_no_bound, false) as has_no_bound,
from part
inner join raw.indicator as indicator
    on part.indicator_key = indicator.indicator_key
