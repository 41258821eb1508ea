-- One row per audience, plan, period and reporting area or the plan's whole
-- area (area_id null): how many indicators stand how, and which place an area
-- takes in the order of attention. attention: not_applicable where none of its
-- indicators applies, not_reported where the area's own units have sent nothing for
-- the period, nor for one that it covers, or where no indicator is reported,
-- lacking where one of them is not met or behind, else clear.
with

seen as (

    select
        plan_id,
        period,
        area_id,
        unnest([
            {'audience': 'city', 'counts': status_counts(status)},
            {'audience': 'shared', 'counts': status_counts(status_shown)}
        ]) as by_audience,
    from (
        from marts.attainment_by_plan_period
        union all by name
        from marts.attainment_by_ward_period
    )
    group by plan_id, period, area_id

),

counted as (

    select
        by_audience.audience,
        plan_id,
        period,
        area_id,
        unnest(by_audience.counts),
    from seen

),

-- an area of which no unit of its own owes a report is never silent
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

judged as (

    select
        counted.*,
        area.area_code,
        area.area_name,
        coalesce(area.area_no, 0) as area_no,
        counted.behind + counted.not_met as lacking,
        case
            when counted.counted = counted.not_applicable then 'not_applicable'
            when
                not coalesce(sent.is_sent, true)
                or counted.counted - counted.not_applicable = counted.not_reported
                then 'not_reported'
            when lacking > 0 then 'lacking'
            else 'clear'
        end as attention,
        list_position(
            ['lacking', 'clear', 'not_reported', 'not_applicable'], attention
        ) as attention_step,
    from counted
    left join marts.area as area
        on counted.plan_id = area.plan_id
        and counted.area_id = area.area_id
    left join sent
        on counted.plan_id = sent.plan_id
        and counted.area_id = sent.area_id
        and counted.period = sent.period

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
    met,
    "within",
    on_track,
    behind,
    not_yet,
    not_met,
    not_arising,
    in_doubt,
    not_reported,
    not_applicable,
    withheld,
    lacking,
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
