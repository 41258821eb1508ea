-- One row per plan, ward and period: how its indicators stand.
-- Key: plan_id, period, area_id
-- Never null: plan_id, period, area_id, indicators, each status, lacking
select
    plan_id,
    period,
    area_id,
    indicators,
    columns(lambda name: list_contains(marts.all_statuses(), name)),
    lacking
from marts.status_by_place
where area_id is not null and period is not null
