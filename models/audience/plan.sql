-- Grain: as the mart. Adds the name of the audience.
select
    plan.*,
    audience.name as audience,
from marts.plan as plan
cross join audience
