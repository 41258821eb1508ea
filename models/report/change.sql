-- Grain: audience × report (plan × period) × difference from the latest
-- published version (report.difference), with the numbers of its causes.
select
    difference.*,
    string_agg(cause.cause_no::varchar, ', ' order by cause.cause_no) as causes,
from report.difference as difference
inner join report.follows as follows
    on difference.report_plan = follows.report_plan
    and difference.report_period = follows.report_period
    and difference.audience = follows.audience
    and difference.difference_no = follows.difference_no
inner join report.cause as cause
    on follows.report_plan = cause.report_plan
    and follows.report_period = cause.report_period
    and follows.audience = cause.audience
    and follows.cause_key = cause.cause_key
group by all
order by report_plan, report_period, audience, difference_no
