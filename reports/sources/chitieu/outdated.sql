-- One row per report of whose whole area other values or verdicts stand now
-- than in its newest version: which indicators, and which reports of units
-- count now and did not then. What is withheld then or now is not told of.
-- Key: plan_id, period
-- Never null: plan_id, period, version, indicators, names
with

differing as (

    select
        line.plan_id,
        line.period,
        line.version,
        count(*)::integer as indicators,
        -- one a line
        string_agg(
            line.code || ' ' || indicator.short_name,
            chr(10) order by indicator.indicator_no
        ) as names
    from marts.report_line as line
    inner join marts.report as report using (plan_id, period, version)
    inner join marts.attainment_by_plan_period as now
        on line.plan_id = now.plan_id
        and line.period = now.period
        and line.code = now.indicator_code
    inner join marts.indicator as indicator
        on line.plan_id = indicator.plan_id
        and line.code = indicator.indicator_code
    where
        line.version = report.latest_version
        and line.section = 'indicator'
        and line.area_no = 0
        and not line.is_withheld
        and not now.is_withheld
        and (
            line.value_shown is distinct from now.value_shown
            or line.status is distinct from now.status
        )
    group by line.plan_id, line.period, line.version

),

came as (

    select
        differing.plan_id,
        differing.period,
        -- one a line
        string_agg(
            distinct submission.unit_name || ' (' || of.period_name || ')',
            chr(10) order by submission.unit_name || ' (' || of.period_name || ')'
        ) as reports,
        marts.moment_text(min(submission.received_at)) as since
    from differing
    inner join marts.report_basis as basis using (plan_id, period)
    inner join marts.submission as submission
        on basis.plan_id = submission.plan_id
        and basis.source_period = submission.period
        and submission.is_current
    inner join marts.period as of
        on submission.plan_id = of.plan_id
        and submission.period = of.period
    anti join marts.report_submission as published
        using (plan_id, period, version, submission_no)
    group by differing.plan_id, differing.period

)

select
    differing.plan_id,
    differing.period,
    differing.version,
    differing.indicators,
    differing.names,
    came.reports,
    came.since
from differing
left join came using (plan_id, period)
