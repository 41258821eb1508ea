-- One row per plan, indicator and period, and reporting area or the plan's
-- whole area (area_id null), where errors or doubts are open: how many of
-- them are about a figure that the indicator's value is made of. One about a
-- whole file is about every figure that the file owes.
with

part as (

    select distinct
        unit.plan_id,
        indicator.indicator_code,
        measure.measure,
        unit.unit_id,
        place.area_id,
    from core.indicator_measure as part
    inner join raw.indicator as indicator using (indicator_key)
    inner join raw.measure as measure using (measure_key)
    inner join raw.measure_place as place using (measure_key)
    inner join raw.unit as unit using (unit_key)
    where indicator.is_shown

)

select
    part.plan_id,
    part.indicator_code,
    finding.period,
    part.area_id,
    count(distinct finding.finding_id)::integer as doubts,
    count(distinct finding.finding_id) filter (
        not finding.is_sensitive and finding.rule <> 'may_be_personal'
    )::integer as shared_doubts,
from part
inner join marts.findings as finding
    on part.plan_id = finding.plan_id
    and part.unit_id = finding.unit_id
    and (finding.measure is null or part.measure = finding.measure)
    and (
        finding.measure is null
        or part.area_id is not distinct from finding.area_id
    )
where not finding.is_acknowledged
group by grouping sets (
    (part.plan_id, part.indicator_code, finding.period, part.area_id),
    (part.plan_id, part.indicator_code, finding.period)
)
-- a part that no area has is in the second set alone
having grouping(part.area_id) = 1 or part.area_id is not null
