-- One row per plan, period and reporting area: how its indicators stand and
-- which of them call for attention, in a sentence.
-- Key: plan_id, period, area_id
-- Never null: plan_id, area_id, period, point
with

shown as (

    select
        ward.plan_id,
        ward.area_id,
        ward.period,
        ward.indicator_code,
        indicator.indicator_no,
        ward.status,
        period.period_name,
        marts.name_within_year(period.period_name, period.year) as short_name
    from marts.attainment_by_ward_period as ward
    inner join marts.indicator as indicator
        on ward.plan_id = indicator.plan_id
        and ward.indicator_code = indicator.indicator_code
    inner join marts.period as period
        on ward.plan_id = period.plan_id
        and ward.period = period.period

),

compared as (

    select
        shown.*,
        previous.status as before_status,
        previous.short_name as before_name
    from shown
    inner join marts.period_before as before
        on shown.plan_id = before.plan_id
        and shown.period = before.period
    left join shown as previous
        on before.plan_id = previous.plan_id
        and before.previous_period = previous.period
        and shown.indicator_code = previous.indicator_code
        and shown.area_id = previous.area_id

),

named as (

    select
        plan_id,
        area_id,
        period,
        any_value(marts.within_sentence(period_name)) as period_name,
        any_value(before_name) as before_name,
        list(indicator_code order by indicator_no)
            filter (where status = 'not_met') as not_met,
        list(indicator_code order by indicator_no)
            filter (where status = 'behind') as behind,
        list(indicator_code order by indicator_no)
            filter (
                where
                status = 'met'
                and before_status in ('not_met', 'not_yet', 'behind', 'on_track')
            )
            as gained,
        list(indicator_code order by indicator_no)
            filter (
                where
                before_status = 'met'
                and status in ('not_met', 'not_yet', 'behind', 'on_track')
            )
            as lost
    from compared
    group by plan_id, area_id, period

)

select
    counted.plan_id,
    counted.area_id,
    counted.period,
    case
        when counted.indicators = counted.not_applicable
            then 'Không áp dụng tại ' || named.period_name || '.'
        when counted.indicators - counted.not_applicable = counted.not_reported
            then 'Đến ' || named.period_name || ' chưa có số liệu nào được báo cáo.'
        else
            'Đến ' || named.period_name || ': ' || counted.met || '/'
            || counted.indicators - counted.not_applicable - counted.withheld
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
    and named.period = counted.period
