-- One row per audience, report (plan and period) and doubt about a figure
-- that the report stands on. Of sensitive measures the shared audience is
-- told where and what, never how many.
with

doubt as (

    select
        basis.plan_id as report_plan,
        basis.period as report_period,
        finding.*,
    from report.basis as basis
    inner join raw.period as period
        on basis.period_key = period.period_key
    inner join marts.findings as finding
        on period.plan_id = finding.plan_id
        and period.period = finding.period
    where finding.severity = 'doubt'

),

seen as (

    select
        doubt.*,
        audience.audience,
        audience.audience = 'shared' and doubt.is_sensitive as is_withheld,
    from doubt
    cross join (values ('city'), ('shared')) as audience (audience)

)

select
    report_plan,
    report_period,
    audience,
    finding_id,
    rule,
    period,
    measure,
    measure_name,
    unit_name,
    area_name,
    if(is_withheld, null, value) as value,
    if(is_withheld, null, compared_with) as compared_with,
    if(is_withheld, null, found) as found,
    sheet,
    cell,
    line,
    is_acknowledged,
    acknowledged_reason,
    is_withheld,
from seen
order by report_plan, report_period, audience, period, rule, finding_id
