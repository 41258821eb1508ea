-- One row per error or doubt (core.finding_found): whether it is acknowledged, be it
-- by the report that is drawn up, and with which reason; it stays then.
with

recorded as (

    select
        finding_id,
        arg_max(reason, acknowledgement_no) as reason,
        office_time(max(recorded_at)) as acknowledged_at,
    from ledger.main.acknowledgement
    where recorded_at <= getvariable('as_of')
    group by finding_id

),

acknowledged as (

    from recorded
    union all
    select
        of_report.finding_id,
        getvariable('confirmed') as reason,
        office_time(getvariable('as_of')) as acknowledged_at,
    from core.finding_of_report as of_report
    anti join recorded using (finding_id)
    where
        getvariable('confirmed') is not null
        and is_drafted(of_report.plan_id, of_report.period)

)

select
    found.*,
    acknowledged.finding_id is not null as is_acknowledged,
    if(reason.audience is null, null, acknowledged.reason)
        as acknowledged_reason,
    coalesce(reason.audience = 'shared' and not found.is_sensitive, false)
        as is_reason_shared,
    acknowledged.acknowledged_at,
from core.finding_found as found
left join acknowledged
    on found.finding_id = acknowledged.finding_id and found.severity = 'doubt'
left join staging.reason as reason using (reason)
