-- Grain: as the mart, for the audience. Earlier versions have, for the shared
-- audience, doubts about guarded measures, in the order of digests, and
-- unreleased reasons: it gets none of these.
select
    columns(['plan_id', 'period', 'version', 'is_latest']),
    row_number() over (
        partition by stored.plan_id, stored.period, stored.version
        order by
            if(audience.withholds, null, stored.row_no), stored.doubt_period,
            stored.rule, stored.measure, stored.unit_name, stored.area_name,
            stored.sheet, stored.cell, stored.line, stored.value,
            stored.compared_with
    )::integer as row_no,
    if(audience.withholds, null, stored.finding_id) as finding_id,
    columns([
        'rule', 'doubt_period', 'measure', 'measure_name', 'unit_name', 'area_name',
        'value', 'compared_with', 'found', 'sheet', 'cell', 'line', 'is_acknowledged'
    ]),
    if(
        audience.withholds and not stored.is_reason_shared,
        null, stored.acknowledged_reason
    ) as acknowledged_reason,
from marts.report_doubt as stored
inner join audience
    on stored.audience = audience.name
where not audience.withholds or not stored.is_withheld
