-- One row per row of marts.report_tally that is for the audience.
select
    stored.plan_id,
    stored.period,
    stored.version,
    stored.is_latest,
    stored.row_no,
    stored.area_id,
    stored.area_code,
    stored.area_name,
    stored.area_no,
    stored.indicators,
    stored.met,
    stored.within,
    stored.on_track,
    stored.behind,
    stored.not_yet,
    stored.not_met,
    stored.not_arising,
    stored.in_doubt,
    stored.not_reported,
    stored.not_applicable,
    stored.withheld,
    stored.attention_rank,
from marts.report_tally as stored
inner join audience
    on stored.audience = audience.name
