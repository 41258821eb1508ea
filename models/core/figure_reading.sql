-- One row per figure (measure, place and period for which one is due) and
-- period whose reading that figure stands on (source_key): which reading
-- counts. A base period stands on its own reading. A period that covers others
-- stands on the unit's own submission for it where there is one (is_own), else
-- on what was sent for the covered periods; a stock that its own submission
-- leaves blank stands on those, too. Null value: blank where something was
-- sent (submission_no), else missing.
with

due as (

    select
        expected.measure_key,
        expected.place_key,
        expected.unit_key,
        expected.plan_key,
        expected.period_key,
        expected.is_base,
        submission.submission_no,
        reading.is_nil,
        reading.value,
    from core.measure_expected as expected
    left join core.submission_current as submission
        on expected.unit_key = submission.unit_key
        and expected.period_key = submission.period_key
    left join core.reading_current as reading
        on expected.measure_key = reading.measure_key
        and expected.place_key = reading.place_key
        and expected.period_key = reading.period_key

)

select
    measure_key,
    place_key,
    unit_key,
    plan_key,
    period_key,
    period_key as source_key,
    true as is_own,
    submission_no,
    is_nil,
    value,
from due
where is_base or submission_no is not null

union all

select
    covering.measure_key,
    covering.place_key,
    covering.unit_key,
    covering.plan_key,
    covering.period_key,
    covered.period_key as source_key,
    false as is_own,
    covered.submission_no,
    covered.is_nil,
    covered.value,
from due as covering
inner join raw.measure as measure
    on covering.measure_key = measure.measure_key
inner join raw.period_cover as cover
    on covering.period_key = cover.period_key
inner join due as covered
    on covering.measure_key = covered.measure_key
    and covering.place_key = covered.place_key
    and cover.covered_key = covered.period_key
where
    covering.submission_no is null
    or (measure.over_time = 'last' and covering.value is null)
