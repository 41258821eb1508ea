-- One row per measure, place and period for which a figure is due, with
-- the value in the period itself, null where nothing was reported. A period
-- that covers others takes the unit's own submission for it where there is
-- one, else the covered periods (basis 'covered').
with

base as (

    select
        expected.*,
        -- one scale throughout: a case over two scales keeps the smaller
        reading.value::decimal(28, 10) as value,
        reading.submission_no,
    from core.measure_expected as expected
    left join core.reading_current as reading
        on expected.measure_key = reading.measure_key
        and expected.place_key = reading.place_key
        and expected.period_key = reading.period_key

),

covered as (

    select
        cover.period_key,
        base.measure_key,
        base.place_key,
        count(*) - count(base.value) as periods_missing,
        sum(base.value) as value_sum,
        max(base.value) as value_max,
        min(base.value) as value_min,
        count(base.value) as value_count,
        arg_max(base.value, base.position)
            filter (where base.value is not null) as value_last,
    from raw.period_cover as cover
    inner join base
        on cover.covered_key = base.period_key
    group by all

)

select
    base.measure_key,
    base.place_key,
    base.period_key,
    base.plan_key,
    base.kind,
    base.year,
    base.position,
    base.submission_no,
    case
        when base.is_base or submission.submission_no is not null then 'own'
        when covered.value_count > 0 then 'covered'
    end as basis,
    case
        when basis = 'own' then if(base.value is null, 1, 0)
        else coalesce(covered.periods_missing, 1)
    end::integer as periods_missing,
    case
        when basis = 'own' then base.value
        when basis is null then null
        else case measure.over_time
            when 'sum' then covered.value_sum
            when 'last' then covered.value_last
            when 'max' then covered.value_max
            when 'min'
                then if(covered.periods_missing = 0, covered.value_min, null)
            when 'average'
                then exact_average(covered.value_sum, covered.value_count)
        end
    end::decimal(28, 10) as value,
    case
        when basis = 'own' then base.value is not null
        else basis is not null
    end as is_reported,
from base
inner join raw.measure as measure
    on base.measure_key = measure.measure_key
left join core.submission_current as submission
    on not base.is_base
    and base.unit_key = submission.unit_key
    and base.period_key = submission.period_key
left join covered
    on not base.is_base
    and base.measure_key = covered.measure_key
    and base.place_key = covered.place_key
    and base.period_key = covered.period_key
