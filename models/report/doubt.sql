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

)

select
    doubt.report_plan,
    doubt.report_period,
    audience.audience,
    doubt.finding_id,
    doubt.rule,
    doubt.period,
    doubt.measure,
    doubt.measure_name,
    doubt.unit_name,
    doubt.area_name,
    if(is_withheld, null, doubt.value) as value,
    if(is_withheld, null, doubt.compared_with) as compared_with,
    if(is_withheld, null, doubt.found) as found,
    doubt.sheet,
    doubt.cell,
    doubt.line,
    doubt.is_acknowledged,
    doubt.acknowledged_reason,
    audience.audience = 'shared' and doubt.is_sensitive as is_withheld,
from doubt
cross join (values ('city'), ('shared')) as audience (audience)
order by
    doubt.report_plan, doubt.report_period, audience.audience, doubt.period,
    doubt.rule, doubt.finding_id
