-- One row per published version and reporting area: how its indicators
-- stand. Rank 1 needs attention most.
-- Key: plan_id, period, version, area_no
-- Never null: plan_id, period, version, area_no, area_name, indicators, met,
-- within, on_track, behind, not_yet, not_met, not_arising, in_doubt,
-- not_reported, not_applicable, withheld
select
    plan_id,
    period,
    version,
    area_no,
    area_name,
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
    attention_rank
from marts.report_tally
where area_id is not null
