-- One row per period of a plan: its dates, how the indicators stand, and
-- who has reported.
-- Key: plan_id, period_no
-- Never null: plan_id, period, period_no, period_name, short_name, axis_name,
-- time_no, kind, year, position, data_from, data_to, due_before, last_day,
-- due_no,
-- is_estimate, is_base, is_applicable, state, is_latest, units_reported,
-- indicators, each status, basis_own, basis_covered, basis_mixed, units,
-- units_received, on_time, late, missing, returned, not_due, doubts
-- returned: of the missing, those that have sent, though nothing right.
with

status as (

    select * exclude (area_id)
    from marts.status_by_place
    where area_id is null

),

basis as (

    select
        plan_id,
        period,
        count(*) filter (where basis = 'own')::integer as own,
        count(*) filter (where basis = 'covered')::integer as covered,
        count(*) filter (where basis = 'mixed')::integer as mixed
    from marts.attainment_by_plan_period
    group by plan_id, period

),

discipline as (

    select
        owed.plan_id,
        owed.period,
        count(*)::integer as units,
        count(*) filter (where owed.timeliness in ('on_time', 'late'))::integer
            as units_received,
        count(*) filter (where owed.timeliness = 'on_time')::integer as on_time,
        count(*) filter (where owed.timeliness = 'late')::integer as late,
        count(*) filter (where owed.timeliness = 'missing')::integer as missing,
        count(*) filter (
            where owed.timeliness = 'missing' and report.state = 'returned'
        )::integer as returned,
        count(*) filter (where owed.timeliness = 'not_due')::integer as not_due
    from marts.submission_timeliness as owed
    left join marts.office_unit_report as report
        on owed.plan_id = report.plan_id
        and owed.period = report.period
        and owed.unit_id = report.unit_id
    where owed.timeliness <> 'not_applicable'
    group by owed.plan_id, owed.period

),

doubt as (

    select plan_id, period, count(*)::integer as doubts
    from marts.findings
    where not is_acknowledged
    group by plan_id, period

)

select
    period.plan_id,
    period.period,
    period.period_no,
    period.period_name,
    -- without the year where all periods of the plan are of one
    if(
        min(period.year) over (partition by period.plan_id)
        = max(period.year) over (partition by period.plan_id),
        marts.without_year(period.period_name, period.year),
        period.period_name
    ) as short_name,
    -- null for the plan's latest, which needs no name beside a figure
    if(period.is_latest, null, short_name) as other_name,
    -- where there is little room and the year stands elsewhere
    case period.kind
        when 'month' then 'T' || period.position
        when 'year' then period.year::varchar
        else marts.without_year(period.period_name, period.year)
    end as axis_name,
    -- the order in which the figures close, the shorter period first
    row_number() over (
        partition by period.plan_id
        order by period.data_to, period.data_from desc, period.period_no
    )::integer as time_no,
    period.kind,
    period.year,
    period.position,
    marts.day_text(period.data_from) as data_from,
    marts.day_text(period.data_to) as data_to,
    marts.day_text(period.due_before) as due_before,
    marts.day_text(period.due_before - 1) as last_day,
    row_number() over (
        partition by period.plan_id
        order by period.due_before, period.data_to, period.period_no
    )::integer as due_no,
    period.is_estimate,
    period.is_base,
    period.is_applicable,
    period.state,
    period.is_latest,
    period.units_reported,
    coalesce(status.indicators, 0) as indicators,
    coalesce(
        columns(lambda name: list_contains(marts.all_statuses(), name)), 0
    ),
    coalesce(basis.own, 0) as basis_own,
    coalesce(basis.covered, 0) as basis_covered,
    coalesce(basis.mixed, 0) as basis_mixed,
    coalesce(discipline.units, 0) as units,
    coalesce(discipline.units_received, 0) as units_received,
    coalesce(discipline.on_time, 0) as on_time,
    coalesce(discipline.late, 0) as late,
    coalesce(discipline.missing, 0) as missing,
    coalesce(discipline.returned, 0) as returned,
    coalesce(discipline.not_due, 0) as not_due,
    coalesce(doubt.doubts, 0) as doubts
from marts.period as period
left join status
    on period.plan_id = status.plan_id and period.period = status.period
left join basis
    on period.plan_id = basis.plan_id and period.period = basis.period
left join discipline
    on period.plan_id = discipline.plan_id
    and period.period = discipline.period
left join doubt
    on period.plan_id = doubt.plan_id and period.period = doubt.period
