-- One row per current reading with a note of its sender. A note may tell
-- what the figure would: of sensitive measures it is withheld.
-- Never null: plan_id, period, measure, unit_name, is_hidden
select
    plan_id,
    period,
    measure,
    unit_name,
    area_id,
    area_name,
    if(is_sensitive, null, note) as note,
    is_sensitive as is_hidden
from marts.reading_note
