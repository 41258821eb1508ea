-- One row per plan and reporting area: how its indicators stand, each in the
-- period in which it is looked at first, and which of them call for attention,
-- in a sentence.
-- Key: plan_id, area_id
-- Never null: plan_id, area_id, point
with

latest as (

    select
        plan_id,
        marts.within_sentence(period_name) as name
    from marts.period
    where is_latest

),

compared as (

    select
        ward.plan_id,
        ward.area_id,
        ward.indicator_code,
        indicator.indicator_no,
        ward.status,
        previous.status as before_status,
        if(
            previous.status is null,
            null,
            marts.name_within_year(earlier.period_name, earlier.year)
        ) as before_name
    from marts.compared_period() as compared
    inner join marts.attainment_by_ward_period as ward
        on compared.plan_id = ward.plan_id
        and compared.indicator_code = ward.indicator_code
        and compared.period = ward.period
    inner join marts.indicator as indicator
        on compared.plan_id = indicator.plan_id
        and compared.indicator_code = indicator.indicator_code
    left join marts.period as earlier
        on compared.plan_id = earlier.plan_id
        and compared.period_before = earlier.period
    left join marts.attainment_by_ward_period as previous
        on ward.plan_id = previous.plan_id
        and ward.indicator_code = previous.indicator_code
        and ward.area_id = previous.area_id
        and compared.period_before = previous.period

),

named as (

    select
        plan_id,
        area_id,
        -- where indicators are of several periods, so are those before
        if(
            min(before_name) = max(before_name), min(before_name), 'kỳ trước'
        ) as before_name,
        list(indicator_code order by indicator_no)
            filter (where status = 'not_met') as not_met,
        list(indicator_code order by indicator_no)
            filter (where status = 'behind') as behind,
        list(indicator_code order by indicator_no)
            filter (
                where
                status = 'met'
                and not marts.attained_by(before_status)
            )
            as gained,
        list(indicator_code order by indicator_no)
            filter (
                where
                before_status = 'met'
                and not marts.attained_by(status)
            )
            as lost
    from compared
    group by plan_id, area_id

)

select
    counted.plan_id,
    counted.area_id,
    case
        when counted.indicators = counted.not_applicable
            then 'Không áp dụng tại ' || latest.name || '.'
        when counted.indicators - counted.not_applicable = counted.not_reported
            then 'Đến ' || latest.name || ' chưa có số liệu để tính chỉ tiêu nào.'
        else
            'Đến ' || latest.name || ': ' || counted.met || '/'
            || counted.indicators - counted.not_applicable - counted.withheld
            - counted.untold
            || ' chỉ tiêu đạt'
            || if(
                named.not_met is null,
                '',
                '; ' || marts.status_text('not_met') || ': '
                || list_aggregate(named.not_met, 'string_agg', ', ')
            )
            || if(
                named.behind is null,
                '',
                '; ' || marts.status_text('behind') || ': '
                || list_aggregate(named.behind, 'string_agg', ', ')
            )
            || if(counted.not_yet = 0, '', '; chưa đạt, chưa đến hạn: ' || counted.not_yet)
            || if(
                counted.within = 0,
                '',
                '; ' || marts.status_text('within') || ': ' || counted.within
            )
            || if(
                counted.in_doubt = 0,
                '',
                '; ' || marts.status_text('in_doubt') || ': ' || counted.in_doubt
            )
            || if(
                counted.not_reported = 0,
                '',
                '; ' || marts.status_text('not_reported') || ': ' || counted.not_reported
            )
            || if(
                counted.withheld = 0,
                '',
                '; ' || marts.status_text('withheld') || ': ' || counted.withheld
            )
            || if(
                counted.untold = 0,
                '',
                '; ' || marts.status_text('untold') || ': ' || counted.untold
            )
            || '.'
            || if(
                named.gained is null,
                '',
                ' Mới đạt so với ' || named.before_name || ': '
                || list_aggregate(named.gained, 'string_agg', ', ') || '.'
            )
            || if(
                named.lost is null,
                '',
                ' Không còn đạt so với ' || named.before_name || ': '
                || list_aggregate(named.lost, 'string_agg', ', ') || '.'
            )
    end as point
from named
inner join marts.status_by_place as counted
    on named.plan_id = counted.plan_id
    and named.area_id = counted.area_id
    and counted.period is null
inner join latest
    on named.plan_id = latest.plan_id
