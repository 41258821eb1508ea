-- View. Grain: one row per row of staging.submission without what was sent back
-- or recalled, and what such a report had replaced: as if it had never come.
select submission.*
from staging.submission as submission
left join (
    select
        unit_key,
        period_key,
        max(submission_no) as last_no,
    from staging.report_act
    group by unit_key, period_key
) as withdrawn using (unit_key, period_key)
where submission.submission_no > coalesce(withdrawn.last_no, 0)
