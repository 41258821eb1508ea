-- Grain: as the mart. The shared audience gets no digest, by which withheld
-- counts of a file could be guessed, and no file name, which is a text of its
-- sender, nor the reason of another office. Nor does it learn of a nil return,
-- which reveals a count of 0 and narrows the others.
select
    stored.submission_no,
    stored.receipt_no,
    stored.plan_id,
    stored.unit_id,
    stored.unit_name,
    stored.area_id,
    stored.period,
    if(audience.withholds, null, stored.file_name) as file_name,
    if(audience.withholds, null, stored.sha256) as sha256,
    stored.medium,
    if(audience.withholds, null, stored.is_nil_return) as is_nil_return,
    stored.received_at,
    stored.is_current,
    stored.is_demonstration,
    stored.handed_plan,
    stored.handed_period,
    stored.handed_version,
    if(audience.withholds, null, stored.handed_reason) as handed_reason,
from marts.submission as stored
cross join audience
