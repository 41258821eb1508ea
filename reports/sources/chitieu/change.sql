-- One row per plan, place and indicator whose status is another one than in
-- the period before the one in which it is looked at first: of the plan's whole
-- area (area_id null) and of wards. with the names of the two periods.
-- Key: plan_id, indicator_code, area_id
-- Never null: plan_id, indicator_code, direction, status_before, status,
-- period_name, year, name_before, year_before
select
    change.plan_id,
    change.area_id,
    change.indicator_code,
    change.direction,
    change.status_before,
    change.status,
    change.provisional_before,
    change.is_provisional,
    change.value_before,
    change.value,
    period.period_name,
    period.year,
    earlier.period_name as name_before,
    earlier.year as year_before
from marts.status_change() as change
inner join marts.period as period using (plan_id, period)
inner join marts.period as earlier
    on change.plan_id = earlier.plan_id
    and change.period_before = earlier.period
where change.direction <> 'same'
