-- Grain: as the mart. The shared audience does not learn of a nil return,
-- which reveals a count of 0 and narrows the others.
select
    stored.* replace (
        if(audience.withholds, null, stored.is_nil_return) as is_nil_return
    ),
from marts.report_unit as stored
cross join audience
