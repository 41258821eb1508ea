-- View: one row per published version, audience, indicator or measure, and area
-- (area_id null: the plan's whole area), as it was published. The shared
-- lines are what everybody may see; the city's hold every figure.
select * exclude (publication_no, fields)
from core.published_line
