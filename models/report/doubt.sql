-- Grain: audience × report (plan × period) × doubt about a figure of its
-- basis. The shared audience gets no doubts about guarded measures: a rule
-- such as a jump reveals how many there are. Its rows are ordered by what is
-- shown and have numbers for ids, since digests could be guessed.
with

doubt as (

    select
        of_report.plan_id as report_plan,
        of_report.period as report_period,
        finding.*,
    from core.finding_of_report as of_report
    inner join core.finding as finding using (finding_id)
    where finding.severity = 'doubt'

),

seen as (

    select
        doubt.*,
        audience.audience,
        audience.audience = 'shared' as is_shared,
    from doubt
    cross join (values ('city'), ('shared')) as audience (audience)
    where
        audience.audience = 'city'
        or (not doubt.is_sensitive and doubt.rule <> 'may_be_personal')

),

placed as (

    select
        *,
        row_number() over (
            partition by report_plan, report_period, audience
            order by
                period, rule, measure, unit_name, area_id, sheet, cell, line,
                value, compared_with, found, is_acknowledged,
                acknowledged_reason
        ) as place,
    from seen

)

select
    * replace (
        if(is_shared, place::varchar, finding_id) as finding_id,
        if(is_shared and not is_reason_shared, null, acknowledged_reason)
            as acknowledged_reason
    ),
    false as is_withheld,
from placed
order by report_plan, report_period, audience, place
