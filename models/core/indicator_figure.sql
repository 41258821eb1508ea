-- One row per part of an indicator (a measure in numerator or denominator, or
-- a condition), place and period in which the indicator applies there, or the
-- place is gone: what is known of the measure, in units of the indicator. slot_no: what
-- the indicator counts once at a place; 0, or the number of a condition where
-- each is counted apart. is_lasting: a stock. is_main: a flow, or a stock of an
-- indicator without flows there; by those the periods of a place are counted.
-- stays: it is of a place that is there, or a flow. units_best: as much as could
-- still come of it (at_most), null without bound.
with

began as (

    select
        part.indicator_key,
        max(measure.applies_from) as all_from,
    from raw.indicator_part as part
    inner join raw.measure as measure
        on part.measure_key = measure.measure_key
    group by part.indicator_key

),

-- from when a place has a flow of an indicator; one that is no count applies
-- only when all of its measures have begun
flow as (

    select
        part.indicator_key,
        if(indicator.value_kind = 'all_of', part.part_no, 0) as slot_no,
        place.place_key,
        min(
            if(
                indicator.value_kind = 'count' and measure.applies_from is not null,
                measure.applies_from,
                '0001-01-01'::date
            )
        ) as begins,
    from raw.indicator_part as part
    inner join raw.indicator as indicator
        on part.indicator_key = indicator.indicator_key
    inner join raw.measure as measure
        on part.measure_key = measure.measure_key
    inner join raw.measure_place as place
        on part.measure_key = place.measure_key
    where measure.over_time <> 'last'
    group by part.indicator_key, slot_no, place.place_key

),

figure as (

    select
        part.indicator_key,
        part.part_no,
        part.role,
        if(indicator.value_kind = 'all_of', part.part_no, 0) as slot_no,
        series.measure_key,
        series.place_key,
        series.period_key,
        period.data_to,
        series.span,
        series.place_role,
        series.is_base,
        series.is_covering,
        series.over_time,
        series.submission_no,
        series.is_reported,
        series.there_to,
        series.is_lacking_to_date,
        series.basis,
        series.value_to_date,
        series.over_time = 'last' as is_lasting,
        series.is_base or series.is_covering as is_living,
        if(part.role = 'numerator', definition.at_most_key, null)
            as at_most_key,
        coalesce(
            series.units_to_date,
            in_unit(series.value_to_date, indicator.unit)
        ) as known_to_date,
        coalesce(
            series.units_in_period,
            in_unit(series.value_in_period, indicator.unit)
        ) as known_in_period,
        indicator.unit,
        part.role = 'condition'
        and coalesce(
            not series.is_lacking_to_date
            and fulfils(series.value_to_date, part.comparator, part.threshold),
            false
        ) as holds,
        part.role = 'condition'
        and coalesce(
            not series.is_lacking
            and fulfils(
                series.value_in_period, part.comparator, part.threshold
            ),
            false
        ) as holds_in_period,
    from raw.indicator_part as part
    inner join raw.indicator as indicator
        on part.indicator_key = indicator.indicator_key
    inner join raw.measure as definition
        on part.measure_key = definition.measure_key
    inner join began
        on part.indicator_key = began.indicator_key
    inner join core.measure_series as series
        on part.measure_key = series.measure_key
    inner join raw.period as period
        on series.period_key = period.period_key
    inner join core.period_state as state
        on series.period_key = state.period_key
    where
        series.place_role in ('there', 'gone')
        and state.state <> 'future'
        and (
            indicator.applies_from is null
            or indicator.applies_from <= period.data_to
        )
        and (
            indicator.value_kind = 'count'
            or began.all_from is null
            or began.all_from <= period.data_to
        )

),

-- as much as could still come, where a measure has a bound: apart, since few have
bounded as (

    select
        * exclude (bound_units),
        if(
            bound_units is null,
            null,
            greatest(bound_units, coalesce(known_to_date, 0))
        ) as units_best,
    from (
        select
            figure.*,
            coalesce(
                bound.units_to_date, in_unit(bound.value_to_date, figure.unit)
            ) as bound_units,
        from figure
        left join core.measure_series as bound
            on figure.at_most_key = bound.measure_key
            and figure.place_key = bound.place_key
            and figure.period_key = bound.period_key
        where figure.at_most_key is not null
    )

),

each as (

    select
        *,
        null::hugeint as units_best,
    from figure
    where at_most_key is null
    union all by name
    from bounded

)

select
    figure.* exclude (data_to, at_most_key, unit),
    figure.place_role = 'there' or figure.over_time = 'sum' as stays,
    not figure.is_lasting or coalesce(figure.data_to < flow.begins, true)
        as is_main,
from each as figure
left join flow
    on figure.indicator_key = flow.indicator_key
    and figure.slot_no = flow.slot_no
    and figure.place_key = flow.place_key
