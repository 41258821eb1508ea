-- Grain: as the mart, of what the audience sees of marts.figure.
select
    plan_id,
    code as indicator_code,
    * exclude (plan_id, section, code, is_reported, is_nil, is_untold),
from audience.figure
where section = 'indicator' and area_id is not null
