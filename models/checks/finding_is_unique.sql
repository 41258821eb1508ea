-- Violations: two findings with one finding_id, so that whoever acknowledges
-- one of them would acknowledge the other too.
select
    finding_id,
    any_value(rule) as rule,
    count(*) as findings,
from marts.findings
group by finding_id
having count(*) > 1
