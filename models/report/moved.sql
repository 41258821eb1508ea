-- Grain: report (plan × period) with a published version × what has happened
-- since that may have changed it (cause_key). received, again: another
-- report of a unit counts than counted then, its first one or a later one.
-- withdrawn: none counts, since it was sent back or recalled.
-- version: the report of a period compared with it was published again. plan:
-- the plan file is another. closed: a period was open. baseline: figures
-- of sources/baselines.csv are compared with. shortfall: causes and remedies
-- were written. settled: doubts were acknowledged. doubted: doubts are open.
-- unknown: whatever else.
with

latest as (

    select
        published.publication_no,
        published.plan_id as report_plan,
        published.period as report_period,
        -- as it was set right, should the clock have been wrong
        published.known_at as as_of,
        published.plan_sha256,
        period.plan_key,
        period.period_key,
        period.kind,
        period.data_to,
        before.previous_period,
        before.last_year_plan_key,
        before.last_year_plan_id,
        before.last_year_period,
    from staging.publication as published
    inner join raw.period as period using (plan_id, period)
    inner join core.period_before as before using (period_key)
    where published.is_latest and is_drafted(plan_id, period)

),

-- the periods whose reports its figures may be based on
source as (

    select
        latest.*,
        source.period_key as source_key,
        source.period as source_period,
        source.period_name as source_period_name,
        source.data_to as source_to,
        source.due_before as source_due_before,
    from latest
    inner join raw.period as source
        on source.plan_key in (latest.plan_key, latest.last_year_plan_key)
        and source.data_to <= latest.data_to
    where
        source.is_base
        or source.kind = latest.kind
        or source.period_key in (select part_key from raw.measure_cover)

),

sent as (

    select
        report_plan,
        report_period,
        source_key,
        source_period,
        source_period_name,
        source_to,
        unit_key,
        max_by(submission_no, row(received_at, submission_no))
            filter (where withdrawn_at is null) as now_no,
        max_by(submission_no, row(received_at, submission_no)) filter (
            where recorded_at <= as_of and coalesce(withdrawn_at > as_of, true)
        ) as then_no,
    from (
        select
            source.*,
            submission.unit_key,
            submission.submission_no,
            submission.received_at,
            submission.recorded_at,
            (
                select min(act.recorded_at)
                from staging.report_act as act
                where
                    act.period_key = submission.period_key
                    and act.unit_key = submission.unit_key
                    and act.submission_no >= submission.submission_no
            ) as withdrawn_at,
        from source
        inner join staging.submission as submission
            on source.source_key = submission.period_key
    )
    group by all

),

happened as (

    select
        sent.report_plan,
        sent.report_period,
        case
            when sent.now_no is null then 'withdrawn'
            when sent.then_no is null then 'received'
            else 'again'
        end as kind,
        sent.source_key,
        sent.source_period,
        sent.source_period_name,
        sent.source_to,
        unit.unit_key,
        unit.unit_no,
        unit.unit_id,
        unit.unit_code,
        unit.unit_name,
        sent.now_no,
        sent.then_no,
        coalesce(now.receipt_no, earlier.receipt_no) as receipt_no,
        office_time(coalesce(now.received_at, earlier.received_at)) as received_at,
        office_time(earlier.received_at) as replaced_at,
        now.handed_version as version,
        now.handed_reason as reason,
    from sent
    inner join raw.unit as unit using (unit_key)
    left join staging.submission as now
        on sent.now_no = now.submission_no
    left join staging.submission as earlier
        on sent.then_no = earlier.submission_no
    where sent.now_no is distinct from sent.then_no
    union all by name
    select
        latest.report_plan,
        latest.report_period,
        'version' as kind,
        earlier.period_key as source_key,
        earlier.period as source_period,
        earlier.period_name as source_period_name,
        earlier.data_to as source_to,
        again.version,
    from latest
    inner join staging.publication as again
        on (again.plan_id, again.period) in (
            (latest.report_plan, latest.previous_period),
            (latest.last_year_plan_id, latest.last_year_period)
        )
        and again.is_latest
        and latest.publication_no < again.publication_no
    inner join raw.period as earlier using (plan_id, period)
    union all by name
    -- by its deadline, or by the last of the reports that were owed
    select
        source.report_plan,
        source.report_period,
        'closed' as kind,
        source.source_key,
        source.source_period,
        source.source_period_name,
        source.source_to,
        if(
            source.source_due_before
            <= getvariable('now') at time zone 'Asia/Ho_Chi_Minh',
            source.source_due_before,
            null
        ) as due_before,
    from source
    inner join core.period_state as state
        on source.source_key = state.period_key
    where
        state.is_closed
        and source.source_due_before
        > source.as_of at time zone 'Asia/Ho_Chi_Minh'
    union all by name
    select
        latest.report_plan,
        latest.report_period,
        kind.kind,
    from latest
    inner join raw.plan as plan using (plan_key)
    cross join (values
        ('plan'), ('baseline'), ('shortfall'), ('settled'), ('doubted'), ('unknown')
    ) as kind (kind)
    where
        case kind.kind
            when 'plan' then latest.plan_sha256 <> plan.plan_sha256
            when 'settled' then plan_key in (
                select plan_key from core.finding where is_acknowledged
            )
            when 'doubted' then plan_key in (
                select plan_key from core.finding where not is_acknowledged
            )
            else true
        end

)

select
    *,
    row_number() over (
        partition by report_plan, report_period
        order by
            list_position(
                [
                    'received', 'again', 'withdrawn', 'version', 'plan', 'baseline',
                    'closed', 'shortfall', 'settled', 'doubted', 'unknown'
                ],
                kind
            ),
            source_to, source_key, unit_no
    )::integer as cause_key,
from happened
