-- Grain: as the mart. The shared audience gets released notes only.
select
    columns([
        'plan_id', 'submission_no', 'period', 'measure', 'measure_name', 'unit_id',
        'unit_name', 'area_id', 'area_name', 'state', 'value', 'note'
    ]),
from marts.reading_note as sent
cross join audience
where sent.is_shared or not audience.withholds
