-- One row per published version, moment and kind of what was taken out of it
-- for good, or of what it stands on.
-- Key: plan_id, period, version, erased_at, kind
-- Never null: plan_id, period, version, erased_at, erased_on, kind
select
    plan_id,
    period,
    version,
    erased_at,
    marts.day_text(erased_at::timestamp) as erased_on,
    kind,
    things
from marts.report_erasure
