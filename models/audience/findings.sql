-- One row per row of marts.findings. A doubt about a guarded measure may tell
-- how many, since its rule does: the shared audience is not told of it at all,
-- nor of a text that may be about a person, nor of the digests by which what
-- is withheld could be tried out. Names of files are texts of their senders;
-- of reasons it gets those that somebody has released.
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
