-- One row per plan and period: how far its report is from going out, by the
-- rules that publishing goes by. verdict: not_applicable, not_begun,
-- not_reported, open_findings (errors to be corrected, doubts to be looked
-- into), unchanged (the published version says the same), earlier_changed (of
-- the period beside whose published figures its own would stand, something
-- else would be published now: that one goes first), else ready, with
-- may_be_final where every unit has reported, for the periods of the basis too,
-- and nothing is provisional. wanted: what is to be done about the report where
-- everybody who has to act on reports is told: publish_again (something has come
-- or is another since it was published), publish (never published, and every unit has
-- reported). Units, errors and doubts are those of the figures' whole basis:
-- findings of an earlier period of the year stand in the way, too.
with

collection as (

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
        of_report.plan_id,
        of_report.period,
        count(*) filter (where finding.severity = 'error')::integer as errors,
        count(*) filter (where finding.severity = 'doubt')::integer as doubts,
    from core.finding_of_report as of_report
    inner join core.finding as finding using (finding_id)
    where not finding.is_acknowledged
    group by of_report.plan_id, of_report.period

),

-- a period that covers others can go out on what came for them
reported as (

    select
        period.plan_id,
        period.period,
        count(distinct submission.submission_no)::integer as submissions,
    from raw.period as period
    left join raw.measure_cover as cover using (period_key)
    inner join core.submission_current as submission
        on submission.period_key in (period.period_key, cover.part_key)
    group by period.plan_id, period.period

),

earlier_changed as (

    select
        plan_id,
        period,
        string_agg(earlier_period, ', ' order by earlier_period) as periods,
    from marts.report_beside
    group by plan_id, period

),

counted as (

    select
        period.plan_id,
        period.period,
        in_force.period_key is not null as is_applicable,
        period.data_from,
        period.due_before,
        coalesce(collection.units, 0) as units,
        coalesce(collection.units_received, 0) as units_received,
        coalesce(collection.missing, 0) as missing,
        coalesce(collection.not_due, 0) as not_due,
        coalesce(reported.submissions, 0) as submissions,
        coalesce(open_finding.errors, 0) as errors,
        coalesce(open_finding.doubts, 0) as doubts,
        published.version,
        published.is_final,
        published.published_as_of,
        coalesce(published.submissions_since, 0) as submissions_since,
        coalesce(published.units_moved_since, 0) as units_moved_since,
        coalesce(published.figures_changed_since, 0) as figures_changed_since,
        published.received_since,
        published.indicators_changed,
        published.open_indicators_changed,
        earlier_changed.periods as earlier_changed,
        open.owed is null and open.provisional is null as is_settled,
    from raw.period as period
    left join core.period_in_force as in_force using (period_key)
    left join collection using (plan_id, period)
    left join open_finding using (plan_id, period)
    left join reported using (plan_id, period)
    left join marts.report_since as published using (plan_id, period)
    left join earlier_changed using (plan_id, period)
    left join core.report_open as open using (plan_id, period)

)

select
    * exclude (data_from, is_settled),
    office_today() >= due_before as is_past_due,
    -- the last one counted
    (due_before - office_today())::integer as days_left,
    case
        when not is_applicable then 'not_applicable'
        when office_today() < data_from then 'not_begun'
        when submissions = 0 then 'not_reported'
        when errors > 0 or doubts > 0 then 'open_findings'
        when
            version is not null
            and figures_changed_since = 0
            and units_moved_since = 0
            then 'unchanged'
        when earlier_changed is not null then 'earlier_changed'
        else 'ready'
    end as verdict,
    case
        when verdict in ('not_applicable', 'not_begun') then null
        when version is null and units > 0 and units_received = units then 'publish'
        when
            version is not null
            and (submissions_since > 0 or figures_changed_since > 0)
            then 'publish_again'
    end as wanted,
    verdict = 'ready' and missing = 0 and not_due = 0 and is_settled as may_be_final,
from counted
