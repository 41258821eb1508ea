-- Grain: audience × report (plan × period) × difference from the latest
-- published version (report.difference), with the numbers of its causes.
select
    difference.*,
    string_agg(cause.cause_no::varchar, ', ' order by cause.cause_no) as causes,
from report.difference as difference
inner join report.follows as follows
    using (report_plan, report_period, audience, difference_no)
inner join report.cause as cause using (report_plan, report_period, audience, cause_key)
group by all
order by report_plan, report_period, audience, difference_no
