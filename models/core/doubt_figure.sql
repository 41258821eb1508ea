-- Grain: doubt × figure (measure, place, period) that it is about. A doubt
-- about two figures is about both, whichever of them it is filed under: either may
-- be wrong. What is known to date stands on the periods before, too. A jump is
-- about the later figure: the earlier one is what it is measured by. A doubt about
-- a whole file is about every figure that the file owes, one about a text about none.
with

filed as (

    select
        finding.finding_id,
        finding.rule,
        finding.period_key,
        measure.measure_key,
        place.place_key,
    from core.finding_found as finding
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
    where finding.severity = 'doubt' and finding.rule <> 'may_be_personal'

),

-- the measure that another one is held against
against as (

    select
        'above_bound' as rule,
        measure_key,
        at_most_key as other_key,
    from raw.measure
    union all
    select
        'parts_do_not_add_up' as rule,
        measure_key,
        part_key as other_key,
    from raw.measure_part
    union
    select
        'numerator_without_denominator' as rule,
        above.measure_key,
        below.measure_key as other_key,
    from raw.indicator_part as above
    inner join raw.indicator_part as below using (indicator_key)
    where above.role = 'numerator' and below.role = 'denominator'

),

figure as (

    from filed
    union
    select filed.* replace (against.other_key as measure_key),
    from filed
    inner join against using (rule, measure_key)
    where against.other_key is not null
    union
    select filed.* replace (cover.part_key as period_key),
    from filed
    inner join raw.measure_cover as cover using (measure_key, period_key)
    where filed.rule = 'covering_period_disagrees'
    union
    select filed.* replace (earlier.reported_before_key as period_key),
    from filed
    inner join core.period_before as earlier using (period_key)
    where filed.rule = 'same_as_before'

)

select
    finding_id,
    measure_key,
    place_key,
    period_key,
from figure
union
select
    figure.finding_id,
    figure.measure_key,
    figure.place_key,
    earlier.period_key,
from figure
inner join raw.measure as measure using (measure_key)
inner join raw.period as period using (period_key)
inner join raw.period as earlier
    on period.plan_key = earlier.plan_key
    and period.kind = earlier.kind
    and period.data_to > earlier.data_to
    and (period.year = earlier.year or measure.sums_over = 'plan')
where
    figure.rule in (
        'above_bound', 'numerator_without_denominator', 'version_before_changed'
    )
    and measure.sums_over <> 'period'
