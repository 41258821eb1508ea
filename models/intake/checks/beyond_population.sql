-- One row per count of whole things that is more than a thousand times the population of its area,
-- where that is known. Sums of money are told by their unit of measure: of it there is more.
select
    'beyond_population' as code,
    judged.row_no, judged.sheet, judged.cell, judged.line, measure.measure_name,
    measure.unit_of_measure, plain(judged."value") as "value", area.name as area_name,
    inhabitants.population::varchar as population
from intake.judged as judged
join intake.claim as claim using (claim_no)
join intake.measure as measure using (measure_key)
join raw.plan as plan on claim.plan_key = plan.plan_key
join raw.area as area
    on coalesce(judged.area_id, claim.unit_area_id, plan.area_id) = area.area_id
join raw.area_population as inhabitants on area.area_id = inhabitants.area_id
where
    measure.kind = 'count'
    and measure.decimals = 0
    and not contains(lower(measure.unit_of_measure), 'đồng')
    and judged."value" > 1000 * inhabitants.population
