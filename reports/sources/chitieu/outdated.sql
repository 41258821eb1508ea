-- One row per report of whose whole area other values or verdicts stand now
-- than in its newest version: which indicators, and which reports of units
-- with a figure of one of them count now and did not then (received: how many
-- do, with whatever figures). What is withheld then or now is not told of.
-- Key: plan_id, period
-- Never null: plan_id, period, version, indicators, names
with

differing_line as (

    select
        line.plan_id,
        line.period,
        line.version,
        line.code,
        indicator.short_name,
        indicator.indicator_no
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

),

differing as (

    select
        plan_id,
        period,
        version,
        count(*)::integer as indicators,
        -- one a line
        string_agg(code || ' ' || short_name, chr(10) order by indicator_no) as names
    from differing_line
    group by plan_id, period, version

),

-- units with a figure of one of them, or of what one of them is made of
bearing as (

    select distinct
        differing_line.plan_id,
        differing_line.period,
        place.unit_id
    from differing_line
    left join marts.indicator_component as component
        on differing_line.plan_id = component.plan_id
        and differing_line.code = component.indicator_code
    inner join marts.indicator_part as part
        on differing_line.plan_id = part.plan_id
        and part.indicator_code = coalesce(component.component_code, differing_line.code)
    inner join marts.measure_place as place
        on part.plan_id = place.plan_id
        and part.measure = place.measure

),

came as (

    select
        differing.plan_id,
        differing.period,
        -- one a line
        string_agg(
            distinct submission.unit_name || ' (' || of.period_name || ')',
            chr(10) order by submission.unit_name || ' (' || of.period_name || ')'
        ) filter (where bearing.unit_id is not null) as reports,
        count(distinct submission.submission_no)::integer as received,
        marts.moment_text(
            coalesce(
                min(submission.received_at) filter (where bearing.unit_id is not null),
                min(submission.received_at)
            )
        ) as since
    from differing
    inner join marts.report_basis as basis using (plan_id, period)
    inner join marts.submission as submission
        on basis.plan_id = submission.plan_id
        and basis.source_period = submission.period
        and submission.is_current
    inner join marts.period as of
        on submission.plan_id = of.plan_id
        and submission.period = of.period
    left join bearing
        on differing.plan_id = bearing.plan_id
        and differing.period = bearing.period
        and submission.unit_id = bearing.unit_id
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
    came.received,
    came.since
from differing
left join came using (plan_id, period)
