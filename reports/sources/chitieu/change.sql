-- One row per plan, place and indicator whose status is another one than at
-- the period of the same kind before the latest: of the plan's whole area
-- (area_id null) and of wards.
-- Key: plan_id, indicator_code, area_id
-- Never null: plan_id, indicator_code, direction, status_before, status,
-- change_text
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
    ) as change_text
from marts.status_change() as change
inner join marts.indicator as indicator
    on change.plan_id = indicator.plan_id
    and change.indicator_code = indicator.indicator_code
where change.direction <> 'same'
