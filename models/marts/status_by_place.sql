-- One row per audience, plan, period and reporting area or the plan's whole
-- area (area_id null): how many indicators have which status, and which place an area
-- takes in the order of attention. Where the period is null, each indicator stands
-- as in the one in which it is looked at first; areas that are not there in the
-- plan's latest have none then. attention: not_applicable where none of its
-- indicators applies, not_reported where the area's own units have sent nothing for
-- the period, nor for one that it covers, or where no indicator is reported,
-- lacking where one of them is not met or behind, else clear.
with

standing as (

    select
        plan_id,
        period,
        code as indicator_code,
        area_id,
        -- who is silent about what is not asked of him lacks nothing
        if(
            area_id is not null
            and target_value is null
            and columns('^status(_shown|_told)?$') = 'not_reported',
            'no_target',
            columns('^status(_shown|_told)?$')
        ) as '\0',
    from marts.figure
    where section = 'indicator'

),

gone as (

    select
        area.plan_id,
        area.area_id,
    from marts.area as area
    inner join marts.period as latest
        on area.plan_id = latest.plan_id
        and latest.is_latest
    where
        area.valid_from > latest.data_to
        or area.valid_to < latest.data_to

),

looked_at as (

    select * exclude (indicator_code),
    from standing
    union all by name
    select
        standing.plan_id,
        standing.area_id,
        if(gone.area_id is null, columns('^status'), 'not_applicable') as '\0',
    from standing
    inner join marts.indicator_latest as latest using (plan_id, indicator_code, period)
    left join gone using (plan_id, area_id)

),

seen as (

    select
        plan_id,
        period,
        area_id,
        unnest(['city', 'shared', 'release']) as audience,
        unnest([status, status_told, status_shown]) as status,
        count(*) as number,
    from looked_at
    group by plan_id, period, area_id, looked_at.status, status_told, status_shown

),

counted as (

    select
        audience,
        plan_id,
        period,
        area_id,
        unnest(status_counts(status, number)),
        coalesce(sum(number) filter (where not is_unasked(status)), 0) as asked,
    from seen
    group by audience, plan_id, period, area_id

),

sent as (

    select
        unit.plan_id,
        unit.area_id,
        stands_on.period,
        bool_or(unit.submissions > 0) as is_sent,
    from marts.submission_timeliness as unit
    inner join marts.period_basis as stands_on
        on unit.plan_id = stands_on.plan_id
        and unit.period = stands_on.source_period
        and stands_on.period = stands_on.to_date_period
    where
        unit.area_id is not null
        and unit.timeliness <> 'not_applicable'
    group by unit.plan_id, unit.area_id, stands_on.period

),

-- an area of which no unit of its own owes a report is never silent
silent as (

    select
        plan_id,
        area_id,
        period,
        [period] as silent_in,
    from sent
    where not is_sent
    union all
    -- in a year before there is nothing to wait for
    select
        sent.plan_id,
        sent.area_id,
        null as period,
        list(sent.period order by period.data_to, period.period_no) as silent_in,
    from sent
    inner join marts.period as period using (plan_id, period)
    inner join marts.period as latest
        on sent.plan_id = latest.plan_id
        and period.year = latest.year
        and latest.is_latest
    semi join marts.indicator_latest as looked_at using (plan_id, period)
    where not sent.is_sent
    group by sent.plan_id, sent.area_id

),

judged as (

    select
        counted.*,
        area.area_code,
        area.area_name,
        coalesce(area.area_no, 0) as area_no,
        silent.silent_in,
        case
            when
                silent.silent_in is not null
                and counted.asked + counted.no_target > 0
                then 'not_reported'
            when counted.asked = 0 then 'not_applicable'
            when counted.asked = counted.not_reported then 'not_reported'
            when counted.lacking > 0 then 'lacking'
            else 'clear'
        end as attention,
        list_position(
            ['lacking', 'clear', 'not_reported', 'not_applicable'], attention
        ) as attention_step,
    from counted
    left join marts.area as area using (plan_id, area_id)
    left join silent
        on counted.plan_id = silent.plan_id
        and counted.area_id = silent.area_id
        and counted.period is not distinct from silent.period

)

select
    audience,
    plan_id,
    period,
    area_id,
    area_code,
    area_name,
    area_no,
    counted as indicators,
    columns(lambda name: list_contains(all_statuses(), name)),
    lacking,
    silent_in,
    attention,
    -- areas that lack as much share a rank; without anything lacking they have none
    if(
        area_id is null or lacking = 0,
        null,
        rank() over (
            partition by audience, plan_id, period, area_id is null, lacking = 0
            order by attention = 'not_reported', lacking desc
        )
    )::integer as attention_rank,
    -- of those that lack as much, who fails more comes first
    if(
        area_id is null,
        null,
        row_number() over (
            partition by audience, plan_id, period, area_id is null
            order by attention_step, lacking desc, not_met desc, area_no
        )
    )::integer as attention_no,
from judged
