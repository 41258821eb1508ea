-- One row per plan and ward at the plan's latest period: how many of its
-- indicators are not met or behind, and which place it takes in the order of
-- attention. The more of them the earlier, then the more that are not met,
-- then as the plan lists the wards. A ward that sent no report for the period
-- stands after those that did: what it does is not known.
-- Never null: plan_id, area_id, judged, met, on_track, behind, not_met,
-- not_reported, withheld, lacking, standing, attention_no, standing_text,
-- shade
with

counted as (

    select
        ward.plan_id,
        ward.area_id,
        ward.period,
        count(*) filter (
            where ward.status_shown not in ('not_applicable', 'withheld')
        )::integer as judged,
        count(*) filter (where ward.status_shown = 'met')::integer as met,
        count(*) filter (where ward.status_shown = 'on_track')::integer
            as on_track,
        count(*) filter (where ward.status_shown = 'behind')::integer
            as behind,
        count(*) filter (where ward.status_shown = 'not_met')::integer
            as not_met,
        count(*) filter (where ward.status_shown = 'not_reported')::integer
            as not_reported,
        count(*) filter (where ward.status_shown = 'withheld')::integer
            as withheld
    from marts.attainment_by_ward_period as ward
    inner join marts.period as period
        on ward.plan_id = period.plan_id
        and ward.period = period.period
    where period.is_latest
    group by ward.plan_id, ward.area_id, ward.period

),

sent as (

    select
        plan_id,
        area_id,
        period,
        bool_or(timeliness in ('on_time', 'late')) as is_sent
    from marts.submission_timeliness
    where area_id is not null
    group by plan_id, area_id, period

),

standing as (

    select
        counted.*,
        area.area_no,
        (counted.behind + counted.not_met)::integer as lacking,
        case
            when counted.judged + counted.withheld = 0 then 'not_applicable'
            when
                not coalesce(sent.is_sent, true)
                or counted.not_reported = counted.judged + counted.withheld
                then 'not_reported'
            when counted.behind + counted.not_met > 0 then 'lacking'
            else 'clear'
        end as standing
    from counted
    inner join marts.area as area
        on counted.plan_id = area.plan_id
        and counted.area_id = area.area_id
    left join sent
        on counted.plan_id = sent.plan_id
        and counted.area_id = sent.area_id
        and counted.period = sent.period

)

select
    * exclude (area_no, period),
    row_number() over (
        partition by plan_id
        order by
            standing = 'not_applicable',
            standing = 'not_reported',
            lacking desc,
            not_met desc,
            area_no
    )::integer as attention_no,
    case
        when standing = 'not_applicable' then 'không thuộc kỳ này'
        when standing = 'not_reported' then 'chưa gửi báo cáo'
        when lacking + not_reported = 0
            then 'không có chỉ tiêu nào không đạt hoặc chậm tiến độ'
        else concat_ws(
            ', ',
            if(not_met > 0, not_met || ' không đạt', null),
            if(behind > 0, behind || ' chậm tiến độ', null),
            if(not_reported > 0, not_reported || ' chưa báo cáo', null)
        )
    end as standing_text,
    -- how dark its tile is on the map, the darkest 100
    if(
        standing = 'not_reported' or max(lacking) over (partition by plan_id) = 0,
        0,
        100 * lacking / max(lacking) over (partition by plan_id)
    )::double as shade
from standing
