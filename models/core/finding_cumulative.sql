-- One row per unit and period in which every flow that adds up over such
-- periods is as large as all that the unit had reported of it earlier in the
-- year, or larger, as if the total to date had been entered for the period. At
-- least three flows must have been reported earlier, at 20 or more together. Where there is but one
-- earlier period, in which growth is ordinary, one of ten or more must also
-- stand just as it did: what did not go on keeps its total.
with

flow as (

    select
        place.unit_key,
        measure.period_key,
        measure.submission_no,
        measure.value_in_period as value,
        measure.value_to_date - measure.value_in_period as value_before,
    from core.measure_to_date as measure
    inner join raw.measure as definition using (measure_key)
    inner join raw.period as period using (period_key)
    inner join raw.measure_place as place using (measure_key, place_key)
    where
        definition.over_time = 'sum'
        and definition.kind = 'count'
        and measure.is_base
        and period.position > 1
        and measure.is_reported
        and measure.value_to_date > measure.value_in_period

),

compared as (

    select
        unit_key,
        period_key,
        any_value(submission_no) as submission_no,
        bool_or(value = value_before and value >= 10) as has_standing,
        bool_or(value > value_before) as has_growth,
    from flow
    group by unit_key, period_key
    having
        count(*) >= 3
        and sum(value_before) >= 20
        and bool_and(value >= value_before)

),

reported as (

    select
        submission.unit_key,
        submission.period_key,
        count(*) over (
            partition by submission.unit_key, period.year, period.kind
            order by period.position
        ) - 1 as periods_before,
    from core.submission_current as submission
    inner join raw.period as period using (period_key)

)

select
    compared.submission_no,
    compared.unit_key,
    compared.period_key,
from compared
inner join reported using (unit_key, period_key)
where
    reported.periods_before > 1
    or (compared.has_standing and compared.has_growth)
