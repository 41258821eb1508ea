-- What files are judged against, of the plans that they name.
-- Each model is headed `-- name: what a row is`.

-- unit: reporting unit of a plan, with the entry of the plan file that it is of and the days from
-- and to which its area is valid.
select
    unit.plan_key, unit.unit_key, unit.unit_id, unit.unit_code, unit.unit_name,
    unit.unit_short_name, unit.area_id, entry.entry_no, area.valid_from, area.valid_to
from raw.unit as unit
join raw.unit_entry as entry using (unit_key)
left join raw.area as area using (area_id)
order by unit.unit_key;

-- area: plan and area that it covers at any time.
select
    reporting_area.plan_key, area.area_id, area.code, area.name, area.valid_from, area.valid_to
from raw.reporting_area as reporting_area
join raw.area as area using (area_id)
order by reporting_area.plan_key, reporting_area.area_no;

-- measure: measure, with what its form says of it.
select
    measure.plan_key, measure.measure_key, measure.measure, measure.measure_name,
    measure.unit_of_measure, measure.kind, measure.over_time, measure.at_most_key,
    measure.decimals, measure.by_area
from raw.measure as measure
order by measure.measure_key;

-- unit_in_period: period and code of a unit: the unit that bears it on the period's last day,
-- since codes are used again for others.
select
    period.plan_key, period.period_key, unit.unit_code, min(unit.unit_key) as unit_key
from raw.period as period
join intake.unit as unit using (plan_key)
where
    (unit.valid_from is null or unit.valid_from <= period.data_to)
    and (unit.valid_to is null or period.data_to <= unit.valid_to)
group by period.plan_key, period.period_key, unit.unit_code;

-- area_in_period: period and code of an area: the area that bears it on the period's last day.
select
    period.plan_key, period.period_key, area.code, min(area.area_id) as area_id
from raw.period as period
join intake.area as area using (plan_key)
where
    (area.valid_from is null or area.valid_from <= period.data_to)
    and (area.valid_to is null or period.data_to <= area.valid_to)
group by period.plan_key, period.period_key, area.code;
