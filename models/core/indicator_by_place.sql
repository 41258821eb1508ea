-- One row per indicator, place and period: what the place contributes, in
-- exact units. A place is known when every measure of the indicator is
-- known there and at least one was reported in the period itself.
select
    part.indicator_key,
    measure.place_key,
    measure.period_key,
    count(*) filter (
        where
        measure.is_known
        and (part.role = 'condition' or measure.value_to_date is not null)
    ) >= max(indicator.parts_needed)
    and bool_or(measure.is_reported) as is_known,
    max(measure.periods_missing) as periods_missing,
    if(min(measure.basis) < max(measure.basis), 'mixed', min(measure.basis))
        as basis,
    sum(coalesce(measure.units_of_average, exact(measure.value_to_date)))
        filter (where part.role = 'numerator') as numerator,
    sum(coalesce(measure.units_of_average, exact(measure.value_to_date)))
        filter (where part.role = 'denominator') as denominator,
    sum(coalesce(
        measure.units_of_average_in_period, exact(measure.value_in_period)
    )) filter (where part.role = 'numerator') as numerator_in_period,
    sum(coalesce(
        measure.units_of_average_in_period, exact(measure.value_in_period)
    )) filter (where part.role = 'denominator') as denominator_in_period,
    bool_and(coalesce(fulfils(
        measure.value_to_date, part.comparator, part.threshold
    ), false)) as holds,
    bool_and(coalesce(fulfils(
        measure.value_in_period, part.comparator, part.threshold
    ), false)) as holds_in_period,
from raw.indicator_part as part
inner join raw.indicator as indicator
    on part.indicator_key = indicator.indicator_key
inner join core.measure_to_date as measure
    on part.measure_key = measure.measure_key
group by
    part.indicator_key,
    measure.place_key,
    measure.period_key
