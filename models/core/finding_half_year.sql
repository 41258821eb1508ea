-- One row per measure, place and covering period (half-year, year) where
-- the unit's own figure for it differs from what its regular periods give,
-- all of which were reported; or is less than what those reported so far
-- already add up to; or is left blank though they have figures.
with

covered as (

    select
        cover.period_key,
        base.measure_key,
        base.place_key,
        sum(base.value) as value_sum,
        max(base.value) as value_max,
        min(base.value) as value_min,
        arg_max(base.value, base.position) as value_last,
        count(*) = count(base.value) as is_complete,
        count(base.value) > 0 as is_begun,
    from raw.period_cover as cover
    inner join core.measure_in_period as base
        on cover.covered_key = base.period_key
    group by cover.period_key, base.measure_key, base.place_key

),

compared as (

    select
        whole.measure_key,
        whole.place_key,
        whole.period_key,
        whole.submission_no,
        whole.value,
        case measure.over_time
            when 'sum' then covered.value_sum
            when 'last' then covered.value_last
            when 'max' then covered.value_max
            when 'min' then covered.value_min
        end as compared_with,
        measure.over_time,
        covered.is_complete,
    from core.measure_in_period as whole
    inner join raw.measure as measure
        on whole.measure_key = measure.measure_key
    inner join covered
        on whole.measure_key = covered.measure_key
        and whole.place_key = covered.place_key
        and whole.period_key = covered.period_key
    where whole.basis = 'own' and covered.is_begun

)

select * exclude (over_time, is_complete)
from compared
where
    (is_complete and value <> compared_with)
    or (over_time in ('sum', 'max') and value < compared_with)
    or value is null
