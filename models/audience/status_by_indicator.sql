-- One row per row of marts.status_by_indicator that is for the audience.
select
    stored.plan_id,
    stored.indicator_code,
    stored.period,
    stored.wards,
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
from marts.status_by_indicator as stored
inner join audience
    on stored.audience = audience.name
