-- One row per plan and period: how far its report is from going out, by the
-- rules that publishing goes by. verdict: not_applicable, not_begun,
-- not_reported, open_findings (errors to be corrected, doubts to be looked
-- into), unchanged (the published version says the same), else ready, with
-- may_be_final where every unit has reported and none may still do so in
-- time. Units, errors and doubts are those of the figures' whole basis:
-- findings of an earlier period of the year stand in the way, too.
with

standing as (

    select
        plan_id,
        period,
        count(*) filter (where timeliness <> 'not_applicable')::integer
            as units,
        count(*) filter (where timeliness in ('on_time', 'late'))::integer
            as units_received,
        count(*) filter (where timeliness = 'missing')::integer as missing,
        count(*) filter (where timeliness = 'not_due')::integer as not_due,
    from marts.submission_timeliness
    group by plan_id, period

),

open_finding as (

    select
        basis.plan_id,
        basis.period,
        count(*) filter (where finding.severity = 'error')::integer as errors,
        count(*) filter (where finding.severity = 'doubt')::integer as doubts,
    from marts.report_basis as basis
    inner join marts.findings as finding
        on basis.plan_id = finding.plan_id
        and basis.source_period = finding.period
    where not finding.is_acknowledged
    group by basis.plan_id, basis.period

),

-- a period that covers others can go out on what came for them
reported as (

    select
        period.plan_id,
        period.period,
        count(*)::integer as submissions,
    from raw.period as period
    left join raw.period_cover as cover
        on period.period_key = cover.period_key
    inner join core.submission_current as submission
        on submission.period_key in (period.period_key, cover.covered_key)
    group by period.plan_id, period.period

),

published as (

    select
        plan_id,
        period,
        version,
        is_final,
        as_of,
    from marts.report
    where is_latest

),

-- what counts now and did not when the latest version was published
received_since as (

    select
        basis.plan_id,
        basis.period,
        count(*)::integer as submissions,
    from core.report_basis as basis
    inner join core.submission_current as submission
        on basis.period_key = submission.period_key
    inner join published
        on basis.plan_id = published.plan_id
        and basis.period = published.period
    anti join marts.report_submission as stood
        on published.plan_id = stood.plan_id
        and published.period = stood.period
        and published.version = stood.version
        and submission.submission_no = stood.submission_no
    group by basis.plan_id, basis.period

),

-- units of which another thing is told than was published
moved_since as (

    select
        unit.plan_id,
        unit.period,
        count(*)::integer as units,
    from marts.submission_timeliness as unit
    inner join marts.report_unit as stood
        on unit.plan_id = stood.plan_id
        and unit.period = stood.period
        and unit.unit_id = stood.unit_id
        and stood.is_latest
    where
        unit.timeliness <> stood.timeliness
        or unit.submissions <> stood.submissions
        or unit.last_received_at is distinct from stood.last_received_at
        or unit.is_nil_return <> stood.is_nil_return
    group by unit.plan_id, unit.period

),

figure as (

    select
        figure.* exclude (value_to_date),
        coalesce(figure.value_shown, figure.value_to_date) as shown,
    from (
        select
            'indicator' as section,
            indicator_code as code,
            null::integer as area_id,
            *,
        from marts.attainment_by_plan_period
        union all by name
        select
            'indicator' as section,
            indicator_code as code,
            *,
        from marts.attainment_by_ward_period
        union all by name
        select
            'measure' as section,
            measure as code,
            null::integer as area_id,
            places_expected as areas_expected,
            places_reported as areas_reported,
            *,
        from marts.measure_by_plan_period
        union all by name
        select
            'measure' as section,
            measure as code,
            *,
        from marts.measure_by_ward_period
    ) as figure
    semi join published
        on figure.plan_id = published.plan_id

),

-- figures that are not what was published, or stand beside others
changed_since as (

    select
        stood.plan_id,
        stood.period,
        count(*)::integer as figures,
    from marts.report_line as stood
    inner join core.period_before as before
        on stood.plan_id = before.plan_id
        and stood.period = before.period
    left join figure as now
        on stood.plan_id = now.plan_id
        and stood.period = now.period
        and stood.section = now.section
        and stood.code = now.code
        and stood.area_id is not distinct from now.area_id
    left join figure as previous
        on stood.plan_id = previous.plan_id
        and before.previous_period = previous.period
        and stood.section = previous.section
        and stood.code = previous.code
        and stood.area_id is not distinct from previous.area_id
    left join figure as last_year
        on stood.plan_id = last_year.plan_id
        and before.last_year_period = last_year.period
        and stood.section = last_year.section
        and stood.code = last_year.code
        and stood.area_id is not distinct from last_year.area_id
    where
        stood.is_latest
        and stood.audience = 'city'
        and (
            stood.numerator is distinct from now.numerator
            or stood.denominator is distinct from now.denominator
            or stood.value_shown is distinct from now.shown
            or stood.numerator_in_period
            is distinct from now.numerator_in_period
            or stood.denominator_in_period
            is distinct from now.denominator_in_period
            or stood.value_in_period is distinct from now.value_in_period
            or stood.target_value is distinct from now.target_value
            or stood.pace_value is distinct from now.pace_value
            or stood.status is distinct from now.status
            or stood.areas_expected is distinct from now.areas_expected
            or stood.areas_reported is distinct from now.areas_reported
            or stood.periods_missing is distinct from now.periods_missing
            or stood.basis is distinct from now.basis
            or stood.is_nil is distinct from now.is_nil
            or stood.previous_value is distinct from previous.shown
            or stood.previous_status is distinct from previous.status
            or stood.last_year_value is distinct from last_year.shown
        )
    group by stood.plan_id, stood.period

),

counted as (

    select
        plan.plan_id,
        period.period,
        in_force.period_key is not null as is_applicable,
        (getvariable('as_of') at time zone 'Asia/Ho_Chi_Minh')::date as today,
        period.data_from,
        period.due_before,
        coalesce(standing.units, 0) as units,
        coalesce(standing.units_received, 0) as units_received,
        coalesce(standing.missing, 0) as missing,
        coalesce(standing.not_due, 0) as not_due,
        coalesce(reported.submissions, 0) as submissions,
        coalesce(open_finding.errors, 0) as errors,
        coalesce(open_finding.doubts, 0) as doubts,
        published.version,
        published.is_final,
        published.as_of as published_as_of,
        coalesce(received_since.submissions, 0) as submissions_since,
        coalesce(moved_since.units, 0) as units_moved_since,
        coalesce(changed_since.figures, 0) as figures_changed_since,
    from raw.period as period
    inner join raw.plan as plan
        on period.plan_key = plan.plan_key
    left join core.period_in_force as in_force
        on period.period_key = in_force.period_key
    left join standing
        on plan.plan_id = standing.plan_id
        and period.period = standing.period
    left join open_finding
        on plan.plan_id = open_finding.plan_id
        and period.period = open_finding.period
    left join reported
        on plan.plan_id = reported.plan_id
        and period.period = reported.period
    left join published
        on plan.plan_id = published.plan_id
        and period.period = published.period
    left join received_since
        on plan.plan_id = received_since.plan_id
        and period.period = received_since.period
    left join moved_since
        on plan.plan_id = moved_since.plan_id
        and period.period = moved_since.period
    left join changed_since
        on plan.plan_id = changed_since.plan_id
        and period.period = changed_since.period

)

select
    * exclude (today, data_from),
    today >= due_before as is_past_due,
    case
        when not is_applicable then 'not_applicable'
        when today < data_from then 'not_begun'
        when submissions = 0 then 'not_reported'
        when errors > 0 or doubts > 0 then 'open_findings'
        when
            version is not null
            and figures_changed_since = 0
            and units_moved_since = 0
            then 'unchanged'
        else 'ready'
    end as verdict,
    verdict = 'ready' and missing = 0 and not_due = 0 as may_be_final,
    getvariable('as_of') as as_of,
from counted
