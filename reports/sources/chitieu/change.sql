-- One row per plan, place and indicator whose status is another one than in
-- the period before the one in which it is looked at first: of the plan's whole
-- area (area_id null) and of wards. period_names says which these two are.
-- Key: plan_id, indicator_code, area_id
-- Never null: plan_id, indicator_code, direction, status_before, status,
-- change_text, period_names
select
    change.plan_id,
    change.area_id,
    change.indicator_code,
    change.direction,
    change.status_before,
    change.status,
    change.value_before,
    change.value,
    'Từ ' || marts.status_text(change.status_before)
    || coalesce(
        ' ('
        || marts.figure_text(change.value_before, indicator.unit_of_measure)
        || ')',
        ''
    )
    || ' thành ' || marts.status_text(change.status)
    || coalesce(
        ' (' || marts.figure_text(change.value, indicator.unit_of_measure)
        || ')',
        ''
    ) as change_text,
    marts.without_year(period.period_name, period.year) || ' so với '
    || marts.name_within_year(earlier.period_name, earlier.year) as period_names
from marts.status_change() as change
inner join marts.period as period
    on change.plan_id = period.plan_id
    and change.period = period.period
inner join marts.period as earlier
    on change.plan_id = earlier.plan_id
    and change.period_before = earlier.period
inner join marts.indicator as indicator
    on change.plan_id = indicator.plan_id
    and change.indicator_code = indicator.indicator_code
where change.direction <> 'same'
