-- One row per indicator with a value of measures, scope (core.indicator_scope)
-- and period whose figures stand on one of which a doubt is open: of the periods
-- of the report, or of the plan where the measure adds up over it. A doubt about a
-- whole file is about every figure that the file owes, one about a text about none.
with

about as (

    select distinct
        measure.measure_key,
        measure.plan_key,
        measure.sums_over,
        place.place_key,
        finding.period_key,
    from core.finding as finding
    inner join raw.measure as measure
        on finding.plan_key = measure.plan_key
        and coalesce(finding.measure, measure.measure) = measure.measure
    inner join raw.measure_place as place
        on measure.measure_key = place.measure_key
        and finding.unit_key = place.unit_key
        and (
            finding.measure is null
            or finding.area_id is not distinct from place.area_id
        )
    where
        finding.severity = 'doubt'
        and not finding.is_acknowledged
        and finding.rule <> 'may_be_personal'

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
    inner join raw.period as report
        on about.plan_key = report.plan_key
        and period.data_to <= report.data_to
    where about.sums_over = 'plan'

)

select distinct
    scope.indicator_key,
    scope.scope,
    scope.scope_no,
    stands_on.period_key,
from stands_on
inner join raw.indicator_part as part using (measure_key)
inner join core.indicator_scope as scope using (indicator_key, place_key)
