-- One row per indicator and period: the plan's whole area. A ratio takes
-- the places that know both of its parts, a count whatever is known, a
-- share counts against every place that is expected.
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

part_over_places as (

    select
        part.indicator_key,
        part.role,
        part.part_no,
        measure.period_key,
        case any_value(definition.over_areas)
            when 'sum' then sum(measure.value_to_date)
            when 'max' then max(measure.value_to_date)
            when 'min' then min(measure.value_to_date)
            when 'average' then exact_average(
                sum(measure.value_to_date), count(measure.value_to_date)
            )
        end as value_to_date,
        case any_value(definition.over_areas)
            when 'sum' then sum(measure.value_in_period)
            when 'max' then max(measure.value_in_period)
            when 'min' then min(measure.value_in_period)
            when 'average' then exact_average(
                sum(measure.value_in_period), count(measure.value_in_period)
            )
        end as value_in_period,
        -- conditions of the whole area stand at one place
        bool_and(measure.is_known) as is_known,
        bool_and(coalesce(fulfils(
            measure.value_to_date, part.comparator, part.threshold
        ), false)) as holds,
        bool_and(coalesce(fulfils(
            measure.value_in_period, part.comparator, part.threshold
        ), false)) as holds_in_period,
    from raw.indicator_part as part
    inner join raw.indicator as indicator
        on part.indicator_key = indicator.indicator_key
    inner join raw.measure as definition
        on part.measure_key = definition.measure_key
    inner join core.measure_to_date as measure
        on part.measure_key = measure.measure_key
    left join core.indicator_by_place as place
        on indicator.value_kind = 'ratio'
        and part.indicator_key = place.indicator_key
        and measure.place_key = place.place_key
        and measure.period_key = place.period_key
    where indicator.value_kind <> 'ratio' or place.is_known
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
        sum(value_to_date) filter (where role = 'numerator') as numerator,
        sum(value_to_date) filter (where role = 'denominator') as denominator,
        sum(value_in_period)
            filter (where role = 'numerator') as numerator_in_period,
        sum(value_in_period)
            filter (where role = 'denominator') as denominator_in_period,
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
        when 'share_of_areas' then place.places_holding
        when 'share_of_units' then place.places_holding
        when 'all_of' then part.conditions_holding
        else part.numerator
    end as numerator,
    case indicator.value_kind
        when 'share_of_areas' then place.places_expected
        when 'share_of_units' then place.places_expected
        when 'all_of' then part.conditions
        when 'ratio' then part.denominator
    end as denominator,
    case indicator.value_kind
        when 'share_of_areas' then place.places_holding_in_period
        when 'share_of_units' then place.places_holding_in_period
        when 'all_of' then part.conditions_holding_in_period
        else part.numerator_in_period
    end as numerator_in_period,
    case indicator.value_kind
        when 'share_of_areas' then place.places_expected
        when 'share_of_units' then place.places_expected
        when 'all_of' then part.conditions
        when 'ratio' then part.denominator_in_period
    end as denominator_in_period,
from place
inner join raw.indicator as indicator
    on place.indicator_key = indicator.indicator_key
left join part
    on place.indicator_key = part.indicator_key
    and place.period_key = part.period_key
