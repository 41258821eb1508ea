-- One row per measure, place and period for which a figure is due, with
-- the value from the year's start to that period over the periods of its
-- kind. A missing earlier period leaves a sum, stock, maximum or average
-- standing, with periods_missing beside it; a minimum needs every period.
-- An average is exact in its units only; its values are rounded. stock_key is
-- the period whose reading a stock stands on.
with

summed as (

    select
        measure_key,
        place_key,
        period_key,
        plan_key,
        submission_no,
        is_nil,
        basis,
        is_reported,
        value,
        sum(periods_missing) over to_date as periods_missing,
        sum(value) over to_date as value_sum,
        max(value) over to_date as value_max,
        min(value) over to_date as value_min,
        last_value(value ignore nulls) over to_date as value_last,
        last_value(stock_key ignore nulls) over to_date as stock_key,
    from core.measure_in_period
    window to_date as (
        partition by measure_key, place_key, year, kind
        order by position
        rows between unbounded preceding and current row
    )

),

averaged as (

    select
        period.measure_key,
        period.place_key,
        period.period_key,
        coalesce(period.units_of_average, exact(period.value))
            as units_in_period,
        sum(units_in_period) over to_date
        // count(units_in_period) over to_date as units_to_date,
    from core.measure_in_period as period
    inner join raw.measure as measure
        on period.measure_key = measure.measure_key
    where measure.over_time = 'average'
    window to_date as (
        partition by
            period.measure_key, period.place_key, period.year, period.kind
        order by period.position
        rows between unbounded preceding and current row
    )

)

select
    summed.measure_key,
    summed.place_key,
    summed.period_key,
    summed.plan_key,
    summed.submission_no,
    summed.is_nil,
    summed.basis,
    summed.periods_missing::integer as periods_missing,
    -- a stock stands until it is reported again; a flow must be reported now
    case
        when measure.over_time = 'last' then summed.value_last is not null
        else summed.is_reported
    end as is_known,
    summed.is_reported,
    if(measure.over_time = 'last', summed.value_last, summed.value)
        as value_in_period,
    case measure.over_time
        when 'sum' then summed.value_sum::decimal(18, 4)
        when 'last' then summed.value_last
        when 'max' then summed.value_max
        when 'min'
            then if(summed.periods_missing = 0, summed.value_min, null)
        when 'average' then figure(averaged.units_to_date)::decimal(18, 4)
    end as value_to_date,
    if(measure.over_time = 'last', summed.stock_key, null) as stock_key,
    averaged.units_in_period as units_of_average_in_period,
    averaged.units_to_date as units_of_average,
from summed
inner join raw.measure as measure
    on summed.measure_key = measure.measure_key
left join averaged
    on summed.measure_key = averaged.measure_key
    and summed.place_key = averaged.place_key
    and summed.period_key = averaged.period_key
