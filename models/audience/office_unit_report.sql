-- Grain: as the mart. A doubt about a sensitive measure reveals how many there
-- are: the shared audience sees the report without it.
with

seen as (

    select
        stored.*,
        stored.doubts - if(audience.withholds, stored.sensitive_doubts, 0)
            as doubts_seen,
    from marts.office_unit_report as stored
    cross join audience

)

select
    columns([
        'office_code', 'plan_id', 'period', 'unit_id', 'unit_code', 'period_name',
        'period_no', 'area_id', 'due_before', 'is_extended', 'is_past_due', 'days_left',
        'timeliness', 'days_late', 'first_received_at', 'last_received_at',
        'submissions', 'returned_at'
    ]),
    doubts_seen as doubts,
    if(state = 'to_explain' and doubts_seen = 0, 'received', state) as state,
    if(wanted = 'to_explain' and doubts_seen = 0, null, wanted) as wanted,
from seen
