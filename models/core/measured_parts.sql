-- One row per indicator with a value of its own measures, scope
-- (core.indicator_scope) and period in which it applies there: what makes up
-- the value, in exact units, and the coverage. Shares count against every
-- place, or condition, that is expected.
with

coverage as (

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
            -- of what must be in every period nothing is carried
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
    from core.indicator_scope as scope
    inner join core.place_taken as place
        on scope.indicator_key = place.indicator_key
        and scope.place_key = place.place_key
    where place.is_there or scope.scope <> 'place'
    group by
        scope.indicator_key,
        scope.scope,
        scope.scope_no,
        place.period_key
    having areas_expected > 0

)

select
    coverage.indicator_key,
    coverage.scope,
    coverage.scope_no,
    coverage.period_key,
    coverage.areas_expected,
    coverage.areas_reported,
    coverage.areas_carried,
    coverage.areas_left_out,
    coverage.areas_own,
    coverage.periods_missing_before,
    if(
        coverage.first_basis < coverage.last_basis,
        'mixed',
        coverage.first_basis
    ) as basis,
    coverage.is_in_doubt,
    coverage.is_silent,
    case
        when coverage.value_kind in ('ratio', 'count')
            then
                if(
                    coverage.value_kind = 'count' or denominator.to_date is not null,
                    numerator.to_date,
                    null
                )
        when coverage.known > 0 then exact(coverage.holding)
    end as numerator,
    case
        when coverage.value_kind = 'ratio'
            then if(numerator.to_date is null, null, denominator.to_date)
        when coverage.value_kind <> 'count' and coverage.known > 0
            then exact(coverage.areas_expected)
    end as denominator,
    case
        when coverage.value_kind in ('ratio', 'count') then numerator.in_period
        when coverage.known_in_period > 0
            then exact(coverage.holding_in_period)
    end as numerator_in_period,
    case
        when coverage.value_kind = 'ratio' then denominator.in_period
        when coverage.value_kind <> 'count' and coverage.known_in_period > 0
            then exact(coverage.areas_expected)
    end as denominator_in_period,
    if(
        coverage.value_kind in ('ratio', 'count'),
        numerator.best,
        exact(coverage.holding_best)
    ) as numerator_best,
    if(
        coverage.value_kind in ('ratio', 'count'),
        denominator.best,
        exact(coverage.areas_expected)
    ) as denominator_best,
    coalesce(numerator.places, 1) as numerator_places,
    coalesce(denominator.places, 1) as denominator_places,
    coalesce(numerator.places_in_period, 1) as numerator_places_in_period,
    coalesce(denominator.places_in_period, 1) as denominator_places_in_period,
    coalesce(numerator.places_best, 1) as numerator_places_best,
    coalesce(denominator.places_best, 1) as denominator_places_best,
    coalesce(numerator.has_no_bound, false) as has_no_bound,
from coverage
left join core.scope_total as numerator
    on coverage.indicator_key = numerator.indicator_key
    and coverage.scope = numerator.scope
    and coverage.scope_no = numerator.scope_no
    and coverage.period_key = numerator.period_key
    and numerator.role = 'numerator'
left join core.scope_total as denominator
    on coverage.indicator_key = denominator.indicator_key
    and coverage.scope = denominator.scope
    and coverage.scope_no = denominator.scope_no
    and coverage.period_key = denominator.period_key
    and denominator.role = 'denominator'
