-- View. Grain: indicator × reporting area (ward) × period of every kind.
select
    plan_id,
    code as indicator_code,
    columns(lambda name: name not in (
        'plan_id', 'section', 'code', 'is_reported', 'is_nil', 'is_untold'
    )),
from marts.figure
where section = 'indicator' and area_id is not null
