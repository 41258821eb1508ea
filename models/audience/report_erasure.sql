-- One row per row of marts.report_erasure that is for the audience: neither what
-- was taken out, nor who did it and why.
select
    stored.plan_id,
    stored.period,
    stored.version,
    stored.is_latest,
    stored.erased_at,
    stored.kind,
    stored.things,
from marts.report_erasure as stored
inner join audience
    on stored.audience = audience.name
