-- One row per indicator and period: the plan's whole area. A ratio takes
-- the places that know both of its parts, a count whatever is known, a
-- share counts against every place that is expected. Figures are in exact
-- units; an average over places is left undivided, with its number of
-- places in numerator_places and denominator_places.
with

place as (

    select
        indicator_key,
        period_key,
        count(*) as places_expected,
        count(*) filter (where is_known) as places_known,
        count(*) filter (where is_known and holds) as places_holding,
        count(*) filter (where is_known and holds_in_period)
            as places_holding_in_period,
        sum(periods_missing) as periods_missing,
        if(min(basis) < max(basis), 'mixed', min(basis)) as basis,
    from core.indicator_by_place
    group by indicator_key, period_key

),

-- what a place contributes counts for a ratio only when both parts are known
taken as (

    select
        place.indicator_key,
        place.place_key,
        place.period_key,
    from core.indicator_by_place as place
    inner join raw.indicator as indicator
        on place.indicator_key = indicator.indicator_key
    where indicator.value_kind <> 'ratio' or place.is_known

),

measured as (

    select
        *,
        coalesce(units_of_average, exact(value_to_date)) as units_to_date,
        coalesce(units_of_average_in_period, exact(value_in_period))
            as units_in_period,
    from core.measure_to_date

),

part_over_places as (

    select
        part.indicator_key,
        part.role,
        part.part_no,
        measure.period_key,
        case any_value(definition.over_areas)
            when 'max' then max(measure.units_to_date)
            when 'min' then min(measure.units_to_date)
            else sum(measure.units_to_date)
        end as units_to_date,
        case any_value(definition.over_areas)
            when 'max' then max(measure.units_in_period)
            when 'min' then min(measure.units_in_period)
            else sum(measure.units_in_period)
        end as units_in_period,
        if(
            any_value(definition.over_areas) = 'average',
            count(measure.units_to_date),
            1
        ) as places,
        if(
            any_value(definition.over_areas) = 'average',
            count(measure.units_in_period),
            1
        ) as places_in_period,
        -- conditions of the whole area stand at one place
        bool_and(measure.is_known) as is_known,
        bool_and(coalesce(fulfils(
            measure.value_to_date, part.comparator, part.threshold
        ), false)) as holds,
        bool_and(coalesce(fulfils(
            measure.value_in_period, part.comparator, part.threshold
        ), false)) as holds_in_period,
    from raw.indicator_part as part
    inner join raw.measure as definition
        on part.measure_key = definition.measure_key
    inner join measured as measure
        on part.measure_key = measure.measure_key
    inner join taken
        on part.indicator_key = taken.indicator_key
        and measure.place_key = taken.place_key
        and measure.period_key = taken.period_key
    group by
        part.indicator_key,
        part.role,
        part.part_no,
        measure.period_key

),

part as (

    select
        indicator_key,
        period_key,
        sum(units_to_date) filter (where role = 'numerator') as numerator,
        sum(units_to_date) filter (where role = 'denominator') as denominator,
        sum(units_in_period)
            filter (where role = 'numerator') as numerator_in_period,
        sum(units_in_period)
            filter (where role = 'denominator') as denominator_in_period,
        max(places) filter (where role = 'numerator') as numerator_places,
        max(places) filter (where role = 'denominator') as denominator_places,
        max(places_in_period) filter (where role = 'numerator')
            as numerator_places_in_period,
        max(places_in_period) filter (where role = 'denominator')
            as denominator_places_in_period,
        count(*) filter (where role = 'condition') as conditions,
        count(*) filter (where role = 'condition' and is_known)
            as conditions_known,
        count(*) filter (where role = 'condition' and is_known and holds)
            as conditions_holding,
        count(*) filter (
            where role = 'condition' and is_known and holds_in_period
        ) as conditions_holding_in_period,
    from part_over_places
    group by indicator_key, period_key

)

select
    place.indicator_key,
    place.period_key,
    place.periods_missing::integer as periods_missing,
    place.basis,
    case indicator.value_kind
        when 'all_of' then part.conditions
        else place.places_expected
    end::integer as areas_expected,
    case indicator.value_kind
        when 'all_of' then part.conditions_known
        else place.places_known
    end::integer as areas_reported,
    case indicator.value_kind
        when 'share_of_areas' then exact(place.places_holding)
        when 'share_of_units' then exact(place.places_holding)
        when 'all_of' then exact(part.conditions_holding)
        else part.numerator
    end as numerator,
    case indicator.value_kind
        when 'share_of_areas' then exact(place.places_expected)
        when 'share_of_units' then exact(place.places_expected)
        when 'all_of' then exact(part.conditions)
        when 'ratio' then part.denominator
    end as denominator,
    case indicator.value_kind
        when 'share_of_areas' then exact(place.places_holding_in_period)
        when 'share_of_units' then exact(place.places_holding_in_period)
        when 'all_of' then exact(part.conditions_holding_in_period)
        else part.numerator_in_period
    end as numerator_in_period,
    case indicator.value_kind
        when 'share_of_areas' then exact(place.places_expected)
        when 'share_of_units' then exact(place.places_expected)
        when 'all_of' then exact(part.conditions)
        when 'ratio' then part.denominator_in_period
    end as denominator_in_period,
    coalesce(part.numerator_places, 1) as numerator_places,
    coalesce(part.denominator_places, 1) as denominator_places,
    coalesce(part.numerator_places_in_period, 1) as numerator_places_in_period,
    coalesce(part.denominator_places_in_period, 1)
        as denominator_places_in_period,
from place
inner join raw.indicator as indicator
    on place.indicator_key = indicator.indicator_key
left join part
    on place.indicator_key = part.indicator_key
    and place.period_key = part.period_key
