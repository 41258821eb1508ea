-- One row per indicator with a value of measures, scope (core.indicator_scope)
-- and period whose figures stand on one of which a doubt is open: of the periods
-- of the report, or of the plan where the measure adds up over it.
with

about as (

    select distinct
        figure.measure_key,
        figure.place_key,
        figure.period_key,
        finding.plan_key,
        measure.sums_over,
    from core.doubt_figure as figure
    inner join core.finding as finding using (finding_id)
    inner join raw.measure as measure using (measure_key)
    where not finding.is_acknowledged

),

-- the periods that the measure takes it into
held as (

    select
        measure_key,
        place_key,
        period_key,
    from about
    union
    select
        about.measure_key,
        about.place_key,
        cover.period_key,
    from about
    inner join raw.measure_cover as cover
        on about.measure_key = cover.measure_key
        and about.period_key = cover.part_key

),

stands_on as (

    select
        held.measure_key,
        held.place_key,
        report.period_key,
    from held
    inner join raw.period as period using (period_key)
    inner join raw.period as report
        on period.plan_key = report.plan_key
        and period.kind = report.kind
        and period.year = report.year
        and period.position <= report.position
    union
    select
        about.measure_key,
        about.place_key,
        report.period_key,
    from about
    inner join raw.period as period using (period_key)
    left join raw.measure_period as asked using (measure_key, period_key)
    inner join raw.period as report
        on about.plan_key = report.plan_key
        and period.data_to <= report.data_to
    where
        about.sums_over = 'plan'
        -- a measure of the half-year alone is known in the quarters after it
        or (asked.is_base and period.year = report.year)

)

select distinct
    scope.indicator_key,
    scope.scope,
    scope.scope_no,
    stands_on.period_key,
from stands_on
inner join raw.indicator_part as part using (measure_key)
inner join core.indicator_scope as scope using (indicator_key, place_key)
