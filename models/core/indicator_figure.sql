-- One row per part of an indicator (a measure in numerator or denominator, or
-- a condition), place and period in which the indicator applies there, or the
-- place is gone: what is known of the measure, in units of the indicator, and of
-- what another office handed up without those of its areas that a ratio leaves
-- out. slot_no: what the indicator counts once at a place; 0, or the number of a
-- condition where each is counted apart. stays: it is of a place that is there,
-- or a flow that no other place goes on with.
-- is_open: what is owed may change it, to units_least at the least and to
-- units_most at the most, null where nothing bounds it; a level may be any of
-- its levels. can_hold, must_hold: whether a condition may hold then, whether it
-- does whatever comes.
with

began as (

    select
        part.indicator_key,
        max(measure.applies_from) as all_from,
    from raw.indicator_part as part
    inner join raw.measure as measure using (measure_key)
    group by part.indicator_key

),

figure as (

    select
        part.indicator_key,
        part.part_no,
        part.role,
        part.comparator,
        part.threshold,
        if(indicator.value_kind = 'all_of', part.part_no, 0) as slot_no,
        indicator.unit,
        series.measure_key,
        series.place_key,
        series.period_key,
        series.place_role,
        series.over_time,
        series.submission_no,
        series.is_reported,
        series.is_open or left_out.part_no is not null as is_open,
        series.there_to,
        series.is_lacking_to_date,
        series.basis,
        series.value_to_date,
        series.is_base or series.is_covering as is_living,
        -- what of it may be gone
        series.value_to_date - series.least_to_date as may_go,
        if(
            series.is_open and definition.kind = 'level',
            levels_in(definition.unit_of_measure),
            null
        ) as levels,
        -- in 64 bits: wider ones take ten times as long to subtract and divide
        if(
            left_out.is_none_taken,
            null,
            coalesce(
                series.units_to_date,
                in_unit(
                    series.value_to_date - coalesce(left_out.to_date::decimal(18, 4), 0),
                    indicator.unit
                )
            )
        ) as known_to_date,
        if(
            left_out.is_none_taken_in_period,
            null,
            coalesce(
                series.units_in_period,
                in_unit(
                    series.value_in_period - coalesce(left_out.in_period::decimal(18, 4), 0),
                    indicator.unit
                )
            )
        ) as known_in_period,
        series.place_role = 'there'
        or (series.over_time = 'sum' and continued.measure_key is null)
            as stays,
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
    inner join raw.indicator as indicator using (indicator_key)
    inner join raw.measure as definition using (measure_key)
    inner join began using (indicator_key)
    inner join core.measure_series as series using (measure_key)
    inner join raw.period as period using (period_key)
    inner join core.period_state as state using (period_key)
    left join core.place_continued as continued
        on series.measure_key = continued.measure_key
        and if(series.place_role = 'gone', series.place_key, null)
        = continued.place_key
        and series.period_key = continued.period_key
    left join core.handed_left_out as left_out
        on part.indicator_key = left_out.indicator_key
        and part.part_no = left_out.part_no
        and if(series.place_role = 'there', series.place_key, null)
        = left_out.place_key
        and series.period_key = left_out.period_key
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

-- few are open: of the others nothing is asked but whether they are
ranged as (

    select
        figure.*,
        case
            when not figure.is_open then figure.known_to_date
            when figure.over_time in ('sum', 'max')
                then
                    coalesce(figure.known_to_date, 0)
                    - coalesce(in_unit(figure.may_go, figure.unit), 0)
            when figure.levels is not null then in_unit(1, figure.unit)
            else 0
        end as units_least,
        case
            when not figure.is_open then figure.known_to_date
            when figure.levels is not null
                then in_unit(figure.levels, figure.unit)
            when figure.over_time = 'min' then figure.known_to_date
        end as units_most,
        if(figure.is_open, in_unit(figure.threshold, figure.unit), null) as asked,
    from figure

)

select
    * exclude (comparator, threshold, unit, may_go, levels, asked),
    holds
    or (
        is_open
        and coalesce(
            case comparator
                when '>=' then units_most >= asked or units_most is null
                when '>' then units_most > asked or units_most is null
                when '<=' then units_least <= asked
                when '<' then units_least < asked
                when '='
                    then
                        units_least <= asked
                        and (units_most >= asked or units_most is null)
            end,
            false
        )
    ) as can_hold,
    -- a minimum does not hold once what is missing is late
    holds
    and (
        not is_open
        or (
            over_time <> 'min'
            and coalesce(
                case comparator
                    when '>=' then units_least >= asked
                    when '>' then units_least > asked
                    when '<=' then units_most <= asked
                    when '<' then units_most < asked
                end,
                false
            )
        )
    ) as must_hold,
from ranged
