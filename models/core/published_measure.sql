-- One row per line of a published version about a guarded measure, for each
-- audience: the figure that it shows of an area or of the plan's whole
-- area (scope_key 0), with those of other periods that it is compared with.
select
    line.publication_no,
    measure.measure_key,
    measure.guard_group,
    measure.over_time,
    period.period_key,
    period.year,
    line.audience,
    coalesce(line.area_id, 0) as scope_key,
    line.value,
    line.value_in_period,
    line.previous_value,
    line.last_year_value,
    line.is_withheld,
from core.published_line as line
inner join core.guarded_measure as measure
    on line.plan_id = measure.plan_id
    and line.code = measure.measure
inner join raw.period as period
    on line.plan_id = period.plan_id
    and line.period = period.period
where line.section = 'measure'
