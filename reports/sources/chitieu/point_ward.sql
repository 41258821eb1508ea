-- One row per plan, indicator, reporting area and period: what the line of
-- that area says, in a sentence.
-- Key: plan_id, indicator_code, period, area_id
-- Never null: plan_id, indicator_code, area_id, period, point
with

shown as (

    select
        ward.plan_id,
        ward.indicator_code,
        ward.area_id,
        ward.period,
        marts.within_sentence(period.period_name) as period_name,
        period.period_name as name_at_start,
        indicator.unit_of_measure as unit,
        indicator.value_kind not in ('ratio', 'count', 'change') as is_condition,
        indicator.value_kind = 'change' as is_change,
        marts.earlier_text(
            period.kind, period.year, period.position, basis.earlier_kind,
            basis.earlier_year, basis.earlier_position, basis.earlier_name
        ) as earlier,
        ward.target_comparator,
        ward.target_value::double as target_value,
        ward.target_to::double as target_to,
        ward.pace_shown::double as pace_value,
        ward.value_shown::double as value,
        ward.status,
        coalesce(ward.is_provisional, false) as is_provisional,
        ward.is_withheld as is_hidden,
        ward.is_estimate,
        ward.areas_carried,
        ward.periods_missing_before,
        marts.name_within_year(period.period_name, period.year) as short_name
    from marts.attainment_by_ward_period as ward
    inner join marts.indicator as indicator
        on ward.plan_id = indicator.plan_id
        and ward.indicator_code = indicator.indicator_code
    inner join marts.period as period
        on ward.plan_id = period.plan_id
        and ward.period = period.period
    left join marts.change_basis as basis
        on ward.plan_id = basis.plan_id
        and ward.indicator_code = basis.indicator_code
        and ward.period = basis.period
        and ward.area_id = basis.area_id

),

compared as (

    select
        shown.*,
        previous.short_name as before_name,
        previous.status as before_status,
        previous.is_hidden as before_is_hidden,
        previous.value as before
    from shown
    inner join marts.period_before as before
        on shown.plan_id = before.plan_id
        and shown.period = before.period
    left join shown as previous
        on before.plan_id = previous.plan_id
        and before.previous_period = previous.period
        and shown.indicator_code = previous.indicator_code
        and shown.area_id = previous.area_id

)

select
    plan_id,
    indicator_code,
    area_id,
    period,
    case
        -- a condition holds or does not: 100 and 0 say no more
        when is_condition and value is not null
            then
                'Đến ' || period_name || ': ' || marts.status_text(status)
                || case
                    when
                        before_status is null
                        or before_status = 'not_applicable'
                        then ''
                    when before_status = status
                        then '; ' || before_name || ' cũng ' || marts.status_text(status)
                    else '; ' || before_name || ' ' || marts.status_text(before_status)
                end
        when is_change and value is not null
            then
                marts.change_standing_text(
                    period_name, earlier, status, is_provisional, is_estimate,
                    value, unit, target_comparator, target_value, target_to
                )
                || if(
                    before is null,
                    marts.change_text(
                        value, unit, before_name, before_status,
                        before_is_hidden, before
                    ),
                    marts.change_before_text(value, unit, before_name, before)
                )
        else
            marts.standing_text(
                period_name, status, is_provisional, is_hidden, is_estimate,
                value, unit, target_comparator, target_value, target_to,
                pace_value
            )
            || marts.change_text(
                value, unit, before_name, before_status, before_is_hidden,
                before
            )
    end
    || '.'
    || if(
        areas_carried = 0,
        '',
        ' ' || name_at_start || ' chưa báo cáo; lấy số đã báo cáo ở kỳ trước.'
    )
    || if(
        status in ('not_applicable', 'not_reported') or periods_missing_before = 0,
        '',
        ' Các kỳ trước trong năm còn thiếu số liệu ' || periods_missing_before
        || ' kỳ.'
    ) as point
from compared
