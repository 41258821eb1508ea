-- One row per plan, ward and period: how its indicators stand.
-- Key: plan_id, period, area_id
-- Never null: plan_id, period, area_id, indicators, met, within, on_track,
-- behind, not_yet, not_met, not_arising, in_doubt, not_reported,
-- not_applicable, withheld, untold
select
    plan_id,
    period,
    area_id,
    indicators,
    met,
    "within",
    on_track,
    behind,
    not_yet,
    not_met,
    not_arising,
    in_doubt,
    not_reported,
    not_applicable,
    withheld,
    untold
from marts.status_by_place
where area_id is not null and period is not null
