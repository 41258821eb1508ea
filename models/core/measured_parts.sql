-- One row per indicator with a value of its own measures, scope
-- (core.indicator_scope) and period in which it applies there: what makes up
-- the value, in units of the indicator, and the coverage. Shares count against every
-- place, or condition, that is expected. A ratio takes the places that know
-- both of its parts, a count whatever is known; of gone places only flows
-- count. least and most: with what is owed (may_change), unless nothing bounds
-- them. An average over places is left undivided, with the number of its places
-- beside it. may_be_unsaid: of a yes or no, each that is told, and stands on parts of
-- the period, may come to be told no more, where the place is silent for a later part.
with

place as not materialized (

    select
        place.* exclude (
            numerator, denominator, numerator_least, numerator_most, denominator_least,
            denominator_most, is_numerator_unbounded, is_denominator_unbounded
        ),
        place.value_kind in ('ratio', 'count') as is_total,
        place.is_known
        and (place.must_hold or (place.is_reported and place.basis = 'own'))
            as is_said_for_good,
        -- in doubt, it shows what it reported
        if(place.is_taken, place.numerator, null) as numerator_taken,
        if(place.is_taken, place.denominator, null) as denominator_taken,
        if(place.is_taken or place.is_in_doubt, place.numerator, null)
            as numerator,
        if(place.is_taken or place.is_in_doubt, place.denominator, null)
            as denominator,
        place.is_taken or place.may_change as is_in_range,
        -- what is left out may stay so
        case
            when place.is_taken and not place.may_be_left_out
                then place.numerator_least
            when is_in_range then 0
        end as numerator_least,
        if(is_in_range, place.numerator_most, null) as numerator_most,
        if(is_in_range, place.denominator_least, null) as denominator_least,
        if(is_in_range, place.denominator_most, null) as denominator_most,
        is_in_range and place.is_numerator_unbounded as is_numerator_unbounded,
        is_in_range and place.is_denominator_unbounded
            as is_denominator_unbounded,
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
        is_carried::integer as areas_carried,
        (not is_taken)::integer as areas_left_out,
        coalesce(is_known and place.basis = 'own', false)::integer as areas_own,
        periods_missing_before,
        if(is_known, basis, null) as basis,
        is_in_doubt,
        may_change,
        is_known::integer as known,
        (is_known and holds)::integer as holding,
        is_known_in_period::integer as known_in_period,
        (is_known_in_period and holds_in_period)::integer as holding_in_period,
        must_hold::integer as holding_least,
        can_hold::integer as holding_most,
        is_said_for_good::integer as said_for_good,
        is_total,
        numerator,
        denominator,
        if(is_taken_in_period or is_in_doubt_in_period, numerator_in_period, null)
            as numerator_in_period,
        if(is_taken_in_period or is_in_doubt_in_period, denominator_in_period, null)
            as denominator_in_period,
        numerator_least,
        numerator_most,
        denominator_least,
        denominator_most,
        is_numerator_unbounded,
        is_denominator_unbounded,
        is_part,
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
        count(*) filter (where place.is_there and place.is_carried)
            as areas_carried,
        count(*) filter (where place.is_there and not place.is_taken)
            as areas_left_out,
        count(*) filter (
            where place.is_there and place.is_known and place.basis = 'own'
        ) as areas_own,
        sum(place.periods_missing_before)
            filter (where place.is_there or place.is_taken)
            as periods_missing_before,
        min(place.basis) filter (where place.is_there and place.is_known)
            as first_basis,
        max(place.basis) filter (where place.is_there and place.is_known)
            as last_basis,
        bool_or(place.is_there and place.is_in_doubt) as is_in_doubt,
        bool_or(place.may_change) as may_change,
        count(*) filter (where place.is_known) as known,
        count(*) filter (where place.is_known and place.holds) as holding,
        count(*) filter (where place.is_known_in_period) as known_in_period,
        count(*) filter (
            where place.is_known_in_period and place.holds_in_period
        ) as holding_in_period,
        count(*) filter (where place.must_hold) as holding_least,
        count(*) filter (where place.can_hold) as holding_most,
        count(*) filter (where place.is_said_for_good) as said_for_good,
        any_value(place.is_total) as is_total,
        sum(place.numerator_taken) as numerator,
        sum(place.denominator_taken) as denominator,
        sum(place.numerator_in_period) filter (where place.is_taken_in_period)
            as numerator_in_period,
        sum(place.denominator_in_period) filter (where place.is_taken_in_period)
            as denominator_in_period,
        sum(place.numerator_least) as numerator_least,
        sum(place.numerator_most) as numerator_most,
        sum(place.denominator_least) as denominator_least,
        -- a gone place whose stock does not count brings nothing to divide
        sum(place.denominator_least)
            filter (where place.is_there or place.numerator_taken is not null)
            as divisor_least,
        sum(place.denominator_most) as denominator_most,
        bool_or(place.is_numerator_unbounded) as is_numerator_unbounded,
        bool_or(place.is_denominator_unbounded) as is_denominator_unbounded,
        bool_or(place.is_part) as is_part,
    from core.indicator_scope as scope
    inner join place using (indicator_key, place_key)
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
            first_basis, last_basis, numerator, denominator, numerator_in_period,
            denominator_in_period, numerator_least, numerator_most, denominator_least,
            denominator_most, is_numerator_unbounded, is_denominator_unbounded
        ),
        if(first_basis < last_basis, 'mixed', first_basis) as basis,
        summed.indicator_key is not null as is_summed,
        if(is_summed, several.numerator, numerator.to_date) as numerator,
        if(is_summed, several.denominator, denominator.to_date) as denominator,
        if(is_summed, several.numerator_in_period, numerator.in_period)
            as numerator_in_period,
        if(is_summed, several.denominator_in_period, denominator.in_period)
            as denominator_in_period,
        if(is_summed, several.numerator_least, numerator.least)
            as numerator_least,
        if(is_summed, several.numerator_most, numerator.most) as numerator_most,
        if(is_summed, several.denominator_least, denominator.least)
            as denominator_least,
        if(is_summed, several.denominator_most, denominator.most)
            as denominator_most,
        if(
            is_summed, several.is_numerator_unbounded, numerator.is_unbounded
        ) as is_numerator_unbounded,
        if(
            is_summed, several.is_denominator_unbounded, denominator.is_unbounded
        ) as is_denominator_unbounded,
        numerator.places as numerator_places,
        denominator.places as denominator_places,
        numerator.places_in_period as numerator_places_in_period,
        denominator.places_in_period as denominator_places_in_period,
    from several
    left join core.indicator_summed as summed using (indicator_key)
    left join (from core.scope_total where role = 'numerator') as numerator
        using (indicator_key, scope, scope_no, period_key)
    left join (from core.scope_total where role = 'denominator') as denominator
        using (indicator_key, scope, scope_no, period_key)

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
    may_change,
    not is_total and said_for_good = 0 as may_be_unsaid,
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
    coalesce(
        if(is_total, part.numerator_least, in_unit(holding_least, unit)), 0
    ) as numerator_least,
    coalesce(
        if(is_total, part.numerator_most, in_unit(holding_most, unit)), 0
    ) as numerator_most,
    coalesce(
        if(is_total, part.denominator_least, in_unit(areas_expected, unit)), 0
    ) as denominator_least,
    coalesce(
        if(is_total, part.denominator_most, in_unit(areas_expected, unit)), 0
    ) as denominator_most,
    coalesce(part.divisor_least, part.denominator_least, 0) as divisor_least,
    is_total and coalesce(part.is_numerator_unbounded, false)
        as is_numerator_unbounded,
    is_total and coalesce(part.is_denominator_unbounded, false)
        as is_denominator_unbounded,
    part.is_part,
    coalesce(numerator_places, 1) as numerator_places,
    coalesce(denominator_places, 1) as denominator_places,
    coalesce(numerator_places_in_period, 1) as numerator_places_in_period,
    coalesce(denominator_places_in_period, 1) as denominator_places_in_period,
from part
inner join raw.indicator as indicator using (indicator_key)
