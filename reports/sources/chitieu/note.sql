-- One row per current reading with a note of its sender.
-- Key: plan_id, period, measure, unit_name, area_id
-- Never null: plan_id, period, measure, unit_name, note
select
    plan_id,
    period,
    measure,
    unit_name,
    area_id,
    area_name,
    note
from marts.reading_note
