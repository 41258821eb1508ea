-- Grain: as the mart. The shared audience gets no digest, by which withheld
-- counts of a file could be guessed, and no file name, which is a text of its
-- sender.
select
    stored.plan_id,
    stored.period,
    stored.version,
    stored.is_latest,
    stored.row_no,
    stored.submission_no,
    stored.receipt_no,
    stored.unit_id,
    stored.unit_name,
    stored.submission_period,
    if(audience.withholds, null, stored.file_name) as file_name,
    if(audience.withholds, null, stored.sha256) as sha256,
    stored.medium,
    stored.received_at,
from marts.report_submission as stored
cross join audience
