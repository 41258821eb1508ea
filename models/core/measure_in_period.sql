-- One row per measure, place and period for which a figure is due, with
-- the value in the period itself, null where nothing was reported. A period
-- that covers others takes the unit's own submission for it where there is
-- one, else the covered periods (basis 'covered'), of which the latest that
-- anybody reported for must be there. A stock that its own submission leaves
-- blank stands at the latest covered period. An average over covered periods
-- is exact in units_of_average only; value is rounded.
with

expected as (

    select
        expected.*,
        reading.submission_no,
        reading.value,
    from core.measure_expected as expected
    left join core.reading_current as reading
        on expected.measure_key = reading.measure_key
        and expected.place_key = reading.place_key
        and expected.period_key = reading.period_key

),

covered as (

    select
        cover.period_key,
        expected.measure_key,
        expected.place_key,
        count(*) - count(expected.value) as periods_missing,
        sum(expected.value)::decimal(18, 4) as value_sum,
        max(expected.value) as value_max,
        min(expected.value) as value_min,
        count(expected.value) as value_count,
        arg_max(expected.value, expected.position) as value_last,
        bool_or(
            expected.value is not null
            and expected.period_key = standing.standing_key
        ) as is_standing,
    from raw.period_cover as cover
    inner join expected
        on cover.covered_key = expected.period_key
    inner join core.period_standing as standing
        on cover.period_key = standing.period_key
    group by cover.period_key, expected.measure_key, expected.place_key

),

covering as (

    select
        expected.*,
        submission.submission_no is not null as is_submitted,
        covered.* exclude (period_key, measure_key, place_key),
        if(
            measure.over_time = 'average' and not is_submitted,
            exact(covered.value_sum) // nullif(covered.value_count, 0),
            null
        ) as units_of_average,
        measure.over_time,
    from expected
    inner join raw.measure as measure
        on expected.measure_key = measure.measure_key
    left join core.submission_current as submission
        on expected.unit_key = submission.unit_key
        and expected.period_key = submission.period_key
    left join covered
        on expected.measure_key = covered.measure_key
        and expected.place_key = covered.place_key
        and expected.period_key = covered.period_key
    where not expected.is_base

)

select
    measure_key,
    place_key,
    period_key,
    plan_key,
    kind,
    year,
    position,
    submission_no,
    'own' as basis,
    if(value is null, 1, 0) as periods_missing,
    value,
    null::hugeint as units_of_average,
    value is not null as is_reported,
from expected
where is_base

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
    case
        when is_submitted then 'own'
        when is_standing then 'covered'
    end as basis,
    case
        when is_submitted then if(value is null, 1, 0)
        else coalesce(periods_missing, 1)
    end as periods_missing,
    case
        when is_submitted and over_time = 'last'
            then coalesce(value, value_last)
        when is_submitted then value
        when over_time = 'sum' then value_sum
        when over_time = 'last' then value_last
        when over_time = 'max' then value_max
        when over_time = 'min'
            then if(periods_missing = 0, value_min, null)
        when over_time = 'average' then figure(units_of_average)
    end as value,
    units_of_average,
    if(is_submitted, value is not null, coalesce(is_standing, false))
        as is_reported,
from covering
