-- One row per measure, place and period for which a figure is due, with
-- the value from the year's start to that period over the periods of its
-- kind. A missing earlier period leaves a sum, stock, maximum or average
-- standing, with periods_missing beside it; a minimum needs every period.
with

so_far as (

    select
        measure_key,
        place_key,
        period_key,
        plan_key,
        submission_no,
        basis,
        is_reported,
        value as value_in_period,
        sum(periods_missing) over to_date as periods_missing,
        sum(value) over to_date as value_sum,
        count(value) over to_date as value_count,
        max(value) over to_date as value_max,
        min(value) over to_date as value_min,
        last_value(value ignore nulls) over to_date as value_last,
    from core.measure_in_period
    window to_date as (
        partition by measure_key, place_key, year, kind
        order by position
        rows between unbounded preceding and current row
    )

)

select
    so_far.measure_key,
    so_far.place_key,
    so_far.period_key,
    so_far.plan_key,
    so_far.submission_no,
    so_far.basis,
    so_far.periods_missing::integer as periods_missing,
    -- a stock stands until it is reported again; a flow must be reported now
    case
        when measure.over_time = 'last' then so_far.value_count > 0
        else so_far.is_reported
    end as is_known,
    so_far.is_reported,
    case
        when measure.over_time = 'last' then so_far.value_last
        else so_far.value_in_period
    end as value_in_period,
    case measure.over_time
        when 'sum' then so_far.value_sum
        when 'last' then so_far.value_last
        when 'max' then so_far.value_max
        when 'min'
            then if(so_far.periods_missing = 0, so_far.value_min, null)
        when 'average'
            then exact_average(so_far.value_sum, so_far.value_count)
    end::decimal(28, 10) as value_to_date,
from so_far
inner join raw.measure as measure
    on so_far.measure_key = measure.measure_key
