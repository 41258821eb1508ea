-- One row per row of marts.status_by_place that is for the audience.
select
    stored.plan_id,
    stored.period,
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
    stored.untold,
    stored.lacking,
    stored.silent_in,
    stored.attention,
    stored.attention_rank,
    stored.attention_no,
from marts.status_by_place as stored
inner join audience
    on stored.audience = audience.name
