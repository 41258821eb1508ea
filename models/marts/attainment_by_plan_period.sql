-- View. Grain: indicator × period of every kind, for the plan's whole area.
select
    plan_id,
    code as indicator_code,
    columns(lambda name: name not in (
        'plan_id', 'section', 'code', 'area_id', 'area_code', 'area_name',
        'is_reported', 'is_nil', 'is_untold'
    )),
from marts.figure
where section = 'indicator' and area_id is null
