-- One row per flow, area and period of its year after the area's last day:
-- what the area had reported earlier in the year counts no longer, since an
-- area is in a period only if it exists on the period's last day.
select
    measure.measure_key,
    measure.place_key,
    later.period_key,
    any_value(measure.submission_no) as submission_no,
    sum(measure.value) as value,
from core.measure_in_period as measure
inner join raw.measure as definition
    on measure.measure_key = definition.measure_key
inner join raw.area as area
    on measure.place_key = area.area_id
inner join core.period_in_force as later
    on measure.plan_key = later.plan_key
    and measure.year = later.year
    and measure.kind = later.kind
    and measure.position < later.position
where
    definition.over_time = 'sum'
    and measure.value <> 0
    and area.valid_to < later.data_to
group by
    measure.measure_key,
    measure.place_key,
    later.period_key
