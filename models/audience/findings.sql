-- One row per row of marts.findings. Of sensitive measures the shared audience is
-- told where a doubt is and what about, never how many: neither the figures
-- nor the words about them, nor the digests by which they could be tried out.
with

seen as (

    select
        finding.*,
        finding.is_sensitive and audience.withholds as is_withheld,
        audience.withholds,
    from marts.findings as finding
    cross join audience

)

select
    if(is_withheld, null, finding_id) as finding_id,
    plan_id,
    rule,
    severity,
    period,
    period_name,
    measure,
    measure_name,
    unit_id,
    unit_name,
    area_id,
    area_name,
    if(is_withheld, null, value) as value,
    if(is_withheld, null, compared_with) as compared_with,
    submission_no,
    if(withholds, null, sha256) as sha256,
    file_name,
    received_at,
    if(is_withheld, null, found) as found,
    sheet,
    cell,
    line,
    is_acknowledged,
    if(is_withheld, null, acknowledged_reason) as acknowledged_reason,
    acknowledged_at,
    is_withheld,
from seen
