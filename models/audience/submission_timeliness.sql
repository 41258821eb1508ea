-- Grain: as the mart. The shared audience gets no digest, by which withheld
-- counts of a file could be guessed, and no file name, which is a text of its
-- sender. Nor does it learn of a nil return, which reveals a count of 0 and
-- narrows the others.
select
    stored.plan_id,
    stored.unit_id,
    stored.period,
    stored.unit_code,
    stored.unit_name,
    stored.unit_short_name,
    stored.item,
    stored.unit_no,
    stored.area_id,
    stored.period_name,
    stored.period_no,
    stored.due_before,
    stored.is_extended,
    stored.first_received_at,
    stored.last_received_at,
    stored.submissions,
    if(audience.withholds, null, stored.is_nil_return) as is_nil_return,
    if(audience.withholds, null, stored.file_name) as file_name,
    if(audience.withholds, null, stored.sha256) as sha256,
    stored.timeliness,
    stored.days_late,
from marts.submission_timeliness as stored
cross join audience
