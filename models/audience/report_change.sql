-- Grain: as the mart, for the audience. Numbered within the audience: common
-- numbers would reveal how many withheld figures changed.
select
    columns(['plan_id', 'period', 'version', 'is_latest']),
    row_number() over (
        partition by stored.plan_id, stored.period, stored.version
        order by stored.row_no
    )::integer as row_no,
    stored.section,
    stored.code,
    stored.item_no,
    stored.name,
    columns([
        'area_id', 'area_name', 'area_no', 'field', 'old_value', 'new_value',
        'is_withheld', 'causes'
    ]),
from marts.report_change as stored
inner join audience
    on stored.audience = audience.name
