-- Grain: as the mart. The rule of a doubt about a guarded measure reveals how
-- many there are: the shared audience gets none of these, no text that may be
-- personal data, no digest by which withheld figures could be guessed, no file
-- name, which is a text of its sender, and no reason that was not released.
select
    if(audience.withholds, null, finding.finding_id) as finding_id,
    columns([
        'plan_id', 'rule', 'severity', 'period', 'period_name', 'measure',
        'measure_name', 'unit_id', 'unit_name', 'area_id', 'area_name', 'value',
        'compared_with', 'submission_no'
    ]),
    if(audience.withholds, null, finding.sha256) as sha256,
    if(audience.withholds, null, finding.file_name) as file_name,
    columns(['received_at', 'found', 'sheet', 'cell', 'line', 'is_acknowledged']),
    if(
        audience.withholds and not finding.is_reason_shared,
        null, finding.acknowledged_reason
    ) as acknowledged_reason,
    finding.acknowledged_at,
from marts.findings as finding
cross join audience
where
    not audience.withholds
    or (not finding.is_sensitive and finding.rule <> 'may_be_personal')
