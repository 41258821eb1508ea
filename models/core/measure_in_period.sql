-- One row per measure, place and period for which a figure is due, with
-- the value in the period itself, null where nothing was reported: what the
-- readings of core.figure_reading come to. Basis: 'own', or 'covered' where
-- the period covers others and has no submission of its own; of those, the
-- latest that anybody reported for must be there. stock_key is the period
-- that a stock is from. An average over covered periods is exact in
-- units_of_average only; value is rounded.
with

-- periods that cover others, from their own submission and from the others'
stands_on as (

    select
        reading.measure_key,
        reading.place_key,
        reading.period_key,
        bool_or(reading.is_own) as is_submitted,
        any_value(reading.submission_no) filter (
            where reading.is_own and reading.value is not null
        ) as submission_no,
        any_value(reading.is_nil) filter (where reading.is_own) as is_nil,
        any_value(reading.value) filter (where reading.is_own) as value_own,
        count(*) filter (where reading.value is null) as periods_missing,
        sum(reading.value)::decimal(18, 4) as value_sum,
        max(reading.value) as value_max,
        min(reading.value) as value_min,
        count(reading.value) as value_count,
        arg_max(reading.value, source.position) filter (
            where not reading.is_own
        ) as value_last,
        arg_max(reading.source_key, source.position) filter (
            where not reading.is_own and reading.value is not null
        ) as last_key,
        bool_or(
            reading.value is not null
            and reading.source_key = standing.standing_key
        ) as is_standing,
    from core.figure_reading as reading
    inner join raw.period as period
        on reading.period_key = period.period_key
    inner join raw.period as source
        on reading.source_key = source.period_key
    inner join core.period_standing as standing
        on reading.period_key = standing.period_key
    where not period.is_base
    group by reading.measure_key, reading.place_key, reading.period_key

),

covering as (

    select
        expected.*,
        coalesce(stands_on.is_submitted, false) as is_submitted,
        stands_on.* exclude (measure_key, place_key, period_key, is_submitted),
        if(
            measure.over_time = 'average' and not is_submitted,
            exact(stands_on.value_sum) // nullif(stands_on.value_count, 0),
            null
        ) as units_of_average,
        measure.over_time,
    from core.measure_expected as expected
    inner join raw.measure as measure
        on expected.measure_key = measure.measure_key
    left join stands_on
        on expected.measure_key = stands_on.measure_key
        and expected.place_key = stands_on.place_key
        and expected.period_key = stands_on.period_key
    where not expected.is_base

)

select
    reading.measure_key,
    reading.place_key,
    reading.period_key,
    reading.plan_key,
    period.kind,
    period.year,
    period.position,
    if(reading.value is null, null, reading.submission_no) as submission_no,
    coalesce(reading.is_nil, false) as is_nil,
    'own' as basis,
    if(reading.value is null, 1, 0) as periods_missing,
    reading.value,
    if(reading.value is null, null, reading.source_key) as stock_key,
    null::hugeint as units_of_average,
    reading.value is not null as is_reported,
from core.figure_reading as reading
inner join raw.period as period
    on reading.period_key = period.period_key
where period.is_base

union all

select
    measure_key,
    place_key,
    period_key,
    plan_key,
    kind,
    year,
    position,
    submission_no,
    coalesce(is_nil, false) as is_nil,
    case
        when is_submitted then 'own'
        when is_standing then 'covered'
    end as basis,
    case
        when is_submitted then if(value_own is null, 1, 0)
        else coalesce(periods_missing, 1)
    end as periods_missing,
    case
        when is_submitted and over_time = 'last'
            then coalesce(value_own, value_last)
        when is_submitted then value_own
        when over_time = 'sum' then value_sum
        when over_time = 'last' then value_last
        when over_time = 'max' then value_max
        when over_time = 'min'
            then if(periods_missing = 0, value_min, null)
        when over_time = 'average' then figure(units_of_average)
    end as value,
    if(value_own is not null, period_key, last_key) as stock_key,
    units_of_average,
    if(is_submitted, value_own is not null, coalesce(is_standing, false))
        as is_reported,
from covering
