-- Grain: as the mart. The shared audience gets released notes only.
select
    sent.plan_id,
    sent.submission_no,
    sent.period,
    sent.measure,
    sent.measure_name,
    sent.unit_id,
    sent.unit_name,
    sent.area_id,
    sent.area_name,
    sent.state,
    sent.value,
    sent.note,
from marts.reading_note as sent
cross join audience
where sent.is_shared or not audience.withholds
