-- One row per plan: until when it was computed, to the minute, and from how many
-- reports. Apart from the plan itself, since every report that comes in changes
-- it: a page that does not show it stays as it is.
-- Key: plan_id
-- Never null: plan_id, moment, submissions
select
    plan_id,
    marts.moment_text(as_of) as moment,
    submissions,
    marts.moment_text(last_received_at) as last_received
from marts.plan
