-- One row per measure, with what its form says of it.
select
    measure.plan_key, measure.measure_key, measure.measure, measure.measure_name,
    measure.unit_of_measure, measure.kind, measure.over_time, measure.at_most_key,
    form.decimals, form.by_area
from raw.measure as measure
join raw.measure_form as form using (measure_key)
order by measure.measure_key
