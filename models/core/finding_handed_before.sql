-- One row per flow, place and regular period that another office handed up,
-- whose total to date here is not what that office had: an earlier period has a
-- newer version there, which has not come. Only where every earlier period of
-- the year has come as a version, of the same areas: what an area that is no
-- more had is in the totals of that office, and in none of its areas.
-- None without core.handed_part.
with

handed as (

    select
        part.measure_key,
        part.place_key,
        part.period_key,
        any_value(part.submission_no) as submission_no,
        sum(part.to_date)::decimal(18, 4) as to_date,
        list_sort(list(part.area)) as areas,
    from core.handed_part as part
    inner join raw.measure as measure using (measure_key)
    where
        measure.over_time = 'sum'
        and measure.over_areas = 'sum'
    group by part.measure_key, part.place_key, part.period_key

),

reported as (

    select
        here.measure_key,
        here.place_key,
        here.period_key,
        here.value_to_date,
        here.periods_missing_before,
        handed.submission_no,
        handed.to_date,
        -- a form has none
        min(coalesce(handed.areas, [])) over in_year
        = max(coalesce(handed.areas, [])) over in_year as is_of_same_areas,
    from core.measure_to_date as here
    inner join raw.measure as measure using (measure_key)
    inner join raw.period as period using (period_key)
    left join handed using (measure_key, place_key, period_key)
    semi join handed as of_place using (measure_key, place_key)
    where here.is_base and here.is_reported
    window
        in_year as (
            partition by
                here.measure_key,
                here.place_key,
                if(measure.sums_over = 'plan', 0, period.year)
            order by period.data_to
        )

)

select
    measure_key,
    place_key,
    period_key,
    submission_no,
    value_to_date as value,
    to_date as compared_with,
from reported
where
    is_of_same_areas
    and periods_missing_before = 0
    and value_to_date <> to_date
