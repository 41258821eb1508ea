-- Grain: as the mart. The rule of a doubt about a guarded measure reveals how
-- many there are: the shared audience gets none of these, no text that may be
-- personal data, no digest by which withheld figures could be guessed, no file
-- name, which is a text of its sender, and no reason that was not released.
select
    if(audience.withholds, null, finding.finding_id) as finding_id,
    finding.plan_id,
    finding.rule,
    finding.severity,
    finding.period,
    finding.period_name,
    finding.measure,
    finding.measure_name,
    finding.unit_id,
    finding.unit_name,
    finding.area_id,
    finding.area_name,
    finding.value,
    finding.compared_with,
    finding.submission_no,
    if(audience.withholds, null, finding.sha256) as sha256,
    if(audience.withholds, null, finding.file_name) as file_name,
    finding.received_at,
    finding.found,
    finding.sheet,
    finding.cell,
    finding.line,
    finding.is_acknowledged,
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
