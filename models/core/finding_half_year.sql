-- One row per measure, place and covering period (half-year, year) where the
-- place's own figure for it differs from what its parts give, all of which were
-- reported; or is less than what those reported so far already add up to; or
-- is left blank in its report though they have figures. The level of a year is
-- one of its own, and need not be that of its last quarter.
with

parts as (

    select
        *,
        parts_reported = parts as is_complete,
    from core.covering_parts
    where parts_reported > 0

),

compared as (

    select
        whole.measure_key,
        whole.place_key,
        whole.period_key,
        submission.submission_no,
        whole.value,
        case measure.over_time
            when 'sum' then parts.value_sum
            when 'last' then parts.value_last
            when 'max' then parts.value_max
            when 'min' then parts.value_min
        end as compared_with,
        measure.over_time,
        parts.is_complete,
    from core.measure_reading as whole
    inner join raw.measure as measure using (measure_key)
    inner join core.submission_current as submission using (unit_key, period_key)
    inner join parts using (measure_key, place_key, period_key)
    where whole.is_owed and measure.kind <> 'level'

)

select * exclude (over_time, is_complete)
from compared
where
    (is_complete and value <> compared_with)
    or (over_time in ('sum', 'max') and value < compared_with)
    or value is null
