-- One row per row of marts.plan, with whose eyes they are for.
select
    plan.*,
    audience.name as audience,
from marts.plan as plan
cross join audience
