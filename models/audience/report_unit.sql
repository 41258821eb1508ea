-- One row per row of marts.report_unit. That nothing at all arose tells that a
-- count is 0, and so narrows those of others: the shared audience is not told it.
select
    stored.* replace (
        if(audience.withholds, null, stored.is_nil_return) as is_nil_return
    ),
from marts.report_unit as stored
cross join audience
