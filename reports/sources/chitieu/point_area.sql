-- One row per plan, period and reporting area: how its indicators stand and
-- which of them call for attention, in a sentence.
-- Never null: plan_id, area_id, period, point
with

shown as (

    select
        ward.plan_id,
        ward.area_id,
        ward.period,
        ward.indicator_code,
        indicator.indicator_no,
        ward.status_shown as status,
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

counted as (

    select
        plan_id,
        area_id,
        period,
        any_value(marts.within_sentence(period_name)) as period_name,
        any_value(before_name) as before_name,
        count(*) filter (where status not in ('not_applicable', 'withheld'))
            as judged,
        count(*) filter (where status = 'withheld') as withheld,
        count(*) filter (where status = 'not_reported') as not_reported,
        count(*) filter (where status = 'met') as met,
        list(indicator_code order by indicator_no)
            filter (where status = 'not_met') as not_met,
        list(indicator_code order by indicator_no)
            filter (where status = 'behind') as behind,
        list(indicator_code order by indicator_no)
            filter (where status = 'met' and before_status in ('not_met', 'behind', 'on_track'))
            as gained,
        list(indicator_code order by indicator_no)
            filter (where before_status = 'met' and status in ('not_met', 'behind', 'on_track'))
            as lost
    from compared
    group by plan_id, area_id, period

)

select
    plan_id,
    area_id,
    period,
    case
        when judged + withheld = 0 then 'Không áp dụng ở ' || period_name || '.'
        when judged = not_reported and withheld = 0
            then 'Đến ' || period_name || ' chưa có số liệu nào được báo cáo.'
        else
            'Đến ' || period_name || ': ' || met || '/' || judged || ' chỉ tiêu đạt'
            || if(
                not_met is null,
                '',
                '; không đạt: ' || list_aggregate(not_met, 'string_agg', ', ')
            )
            || if(
                behind is null,
                '',
                '; chậm tiến độ: ' || list_aggregate(behind, 'string_agg', ', ')
            )
            || if(not_reported = 0, '', '; chưa báo cáo: ' || not_reported)
            || if(withheld = 0, '', '; ẩn số nhỏ: ' || withheld)
            || '.'
            || if(
                gained is null,
                '',
                ' Mới đạt so với ' || before_name || ': '
                || list_aggregate(gained, 'string_agg', ', ') || '.'
            )
            || if(
                lost is null,
                '',
                ' Không còn đạt so với ' || before_name || ': '
                || list_aggregate(lost, 'string_agg', ', ') || '.'
            )
    end as point
from counted
