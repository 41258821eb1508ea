-- One row per plan, indicator and period: how many wards stand how.
-- Key: plan_id, indicator_code, period
-- Never null: plan_id, indicator_code, period, wards, met, within, on_track,
-- behind, not_yet, not_met, not_arising, in_doubt, not_reported,
-- not_applicable, withheld, untold
select
    plan_id,
    indicator_code,
    period,
    wards,
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
from marts.status_by_indicator
