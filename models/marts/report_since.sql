-- One row per plan and period with a published report: what has changed since
-- its latest version. Submissions that count now and did not then; units whose
-- report is another now; figures that are another, or are compared
-- with another one of an earlier period; the indicators of whose whole area the
-- value or verdict is another, one a line, all of them and those that everybody is told of.
with

latest as (

    select
        plan_id,
        period,
        version,
        is_final,
        as_of,
    from marts.report
    where is_latest

),

received_since as (

    select
        latest.plan_id,
        latest.period,
        count(*)::integer as submissions,
        office_time(min(submission.received_at)) as first_received_at,
    from latest
    inner join core.report_basis as basis using (plan_id, period)
    inner join core.submission_current as submission using (period_key)
    anti join marts.report_submission as published
        using (plan_id, period, version, submission_no)
    group by latest.plan_id, latest.period

),

moved_since as (

    select
        now.plan_id,
        now.period,
        count(*)::integer as units,
    from marts.submission_timeliness as now
    inner join marts.report_unit as published
        on now.plan_id = published.plan_id
        and now.period = published.period
        and now.unit_id = published.unit_id
        and published.is_latest
    where
        now.timeliness <> published.timeliness
        or now.submissions <> published.submissions
        or now.last_received_at is distinct from published.last_received_at
    group by now.plan_id, now.period

),

-- plans with a published report, and those that they continue
compared_plan as (

    select latest.plan_id
    from latest
    union distinct
    select like_it.last_year_plan_id as plan_id
    from latest
    inner join marts.last_year as like_it using (plan_id)

),

-- of those, as a report has them
figure as (

    from marts.figure
    semi join compared_plan using (plan_id)

),

published as (

    from core.published_line
    where
        is_latest
        and audience = 'city'

),

-- whose whole area everybody was not told of
untold as (

    select
        plan_id,
        period,
        code,
    from core.published_line
    where
        is_latest
        and audience = 'shared'
        and section = 'indicator'
        and area_id is null
        and is_withheld

),

compared as (

    select
        published.plan_id,
        published.period,
        now.is_guarded,
        untold.code is null
        and now.is_guarded is not true
        and now.status_told not in ('withheld', 'untold') as is_told,
        if(
            published.section = 'indicator' and published.area_id is null
            and (
                published.value_shown is distinct from now.value_shown
                or published.status is distinct from now.status
            ),
            published.item_no,
            null
        ) as differing_no,
        published.code || ' ' || indicator.short_name as name,
        row(
            published.numerator, published.denominator, published.value_shown,
            published.numerator_in_period, published.denominator_in_period,
            published.value_in_period, published.target_value, published.status,
            published.areas_expected, published.areas_reported, published.basis,
            published.is_nil, published.target_to, published.pace_shown,
            published.is_due, published.is_provisional, published.areas_carried,
            published.areas_left_out, published.periods_missing_before
        ) is distinct from row(
            now.numerator, now.denominator, now.value_shown,
            now.numerator_in_period, now.denominator_in_period,
            now.value_in_period, now.target_value, now.status,
            now.areas_expected, now.areas_reported, now.basis, now.is_nil,
            -- null in versions of programs that did not have them
            if(list_contains(published.fields, 'target_to'), now.target_to, null),
            if(list_contains(published.fields, 'pace_shown'), now.pace_shown, null),
            if(list_contains(published.fields, 'is_due'), now.is_due, null),
            if(list_contains(published.fields, 'is_provisional'), now.is_provisional, null),
            if(list_contains(published.fields, 'areas_carried'), now.areas_carried, null),
            if(list_contains(published.fields, 'areas_left_out'), now.areas_left_out, null),
            if(
                list_contains(published.fields, 'periods_missing_before'),
                now.periods_missing_before,
                null
            )
        ) as is_another,
        row(
            published.previous_value, published.previous_status,
            published.last_year_value
        ) is distinct from row(
            if(
                previous_then.row_no is null,
                previous.value_shown,
                previous_then.value_shown
            ),
            if(
                previous_then.row_no is null,
                previous.status,
                previous_then.status
            ),
            if(
                last_year_then.row_no is null,
                coalesce(last_year.value_shown, made_of.value_shown),
                last_year_then.value_shown
            )
        ) as is_beside_another,
    from published
    inner join core.period_before as before using (plan_id, period)
    left join untold using (plan_id, period, code)
    left join marts.indicator as indicator
        on published.plan_id = indicator.plan_id
        and published.code = indicator.indicator_code
        and published.section = 'indicator'
    left join marts.last_year as like_it using (plan_id, period, section, code)
    left join marts.last_year_made_of as made_of
        using (plan_id, period, section, code, area_id)
    left join figure as now
        on published.plan_id = now.plan_id
        and published.period = now.period
        and published.section = now.section
        and published.code = now.code
        and published.area_id is not distinct from now.area_id
    left join figure as previous
        on published.plan_id = previous.plan_id
        and before.previous_period = previous.period
        and published.section = previous.section
        and published.code = previous.code
        and published.area_id is not distinct from previous.area_id
    left join figure as last_year
        on like_it.last_year_plan_id = last_year.plan_id
        and like_it.last_year_period = last_year.period
        and like_it.last_year_code = last_year.code
        and published.section = last_year.section
        and published.area_id is not distinct from last_year.area_id
    left join published as previous_then
        on published.plan_id = previous_then.plan_id
        and before.previous_period = previous_then.period
        and published.section = previous_then.section
        and published.code = previous_then.code
        and published.area_id is not distinct from previous_then.area_id
    left join published as last_year_then
        on like_it.last_year_plan_id = last_year_then.plan_id
        and like_it.last_year_period = last_year_then.period
        and like_it.last_year_code = last_year_then.code
        and published.section = last_year_then.section
        and published.area_id is not distinct from last_year_then.area_id

),

changed_since as (

    select
        plan_id,
        period,
        count(*)::integer as figures,
        -- that a guarded one has changed is shown to nobody
        count(*) filter (where is_another and is_guarded is not true)::integer
            as own_figures,
        string_agg(name, chr(10) order by differing_no)
            filter (where differing_no is not null) as indicators,
        string_agg(name, chr(10) order by differing_no)
            filter (where differing_no is not null and is_told)
            as open_indicators,
    from compared
    where is_another or is_beside_another
    group by plan_id, period

)

select
    latest.plan_id,
    latest.period,
    latest.version,
    latest.is_final,
    latest.as_of as published_as_of,
    coalesce(received_since.submissions, 0) as submissions_since,
    coalesce(moved_since.units, 0) as units_moved_since,
    coalesce(changed_since.figures, 0) as figures_changed_since,
    coalesce(changed_since.own_figures, 0) as own_figures_changed_since,
    received_since.first_received_at as received_since,
    changed_since.indicators as indicators_changed,
    changed_since.open_indicators as open_indicators_changed,
from latest
left join received_since using (plan_id, period)
left join moved_since using (plan_id, period)
left join changed_since using (plan_id, period)
