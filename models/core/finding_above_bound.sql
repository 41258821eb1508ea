-- One row per measure, place and period whose value to date is above that
-- of the measure it may never exceed, as handled cases above received ones.
select
    measure.measure_key,
    measure.place_key,
    measure.period_key,
    measure.submission_no,
    measure.value_to_date as value,
    bound.value_to_date as compared_with,
from core.measure_to_date as measure
inner join raw.measure as definition using (measure_key)
inner join core.measure_to_date as bound
    on definition.at_most_key = bound.measure_key
    and measure.place_key = bound.place_key
    and measure.period_key = bound.period_key
where
    measure.is_reported
    and measure.value_to_date > bound.value_to_date
