-- One row per current reading with a note of its sender.
-- Key: plan_id, period, measure, unit_name, area_id
-- Never null: plan_id, period, measure, unit_name, is_hidden
select
    plan_id,
    period,
    measure,
    unit_name,
    area_id,
    area_name,
    note,
    is_withheld as is_hidden
from marts.reading_note
