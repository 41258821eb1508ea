-- One row per plan and indicator whose target is not due yet: what it comes to
-- by then if it goes on as it did, in a sentence that says so.
-- Key: plan_id, indicator_code
-- Never null: plan_id, indicator_code, period, due_period, due_name, value_low, value_high,
-- outlook, range_text, point
with

shown as (

    select
        projection.plan_id,
        projection.indicator_code,
        projection.period,
        projection.due_period,
        marts.within_sentence(due.period_name) as due_name,
        round(projection.value_low, 2)::double as value_low,
        round(projection.value_high, 2)::double as value_high,
        projection.outlook,
        projection.steps_gone,
        marts.target_text(
            projection.target_value::double,
            projection.target_to::double,
            indicator.unit_of_measure
        ) as target,
        marts.target_text(
            round(projection.value_low, 2),
            if(
                round(projection.value_low, 2) = round(projection.value_high, 2),
                null,
                round(projection.value_high, 2)
            ),
            indicator.unit_of_measure
        ) as range_text
    from marts.projection as projection
    inner join marts.indicator as indicator
        on projection.plan_id = indicator.plan_id
        and projection.indicator_code = indicator.indicator_code
    inner join marts.period as due
        on projection.plan_id = due.plan_id
        and projection.due_period = due.period

)

select
    plan_id,
    indicator_code,
    period,
    due_period,
    due_name,
    value_low,
    value_high,
    outlook,
    range_text,
    'Ước tính, nếu các kỳ còn lại thực hiện như '
    || if(steps_gone = 1, 'kỳ đã qua', steps_gone || ' kỳ đã qua')
    || ': đến ' || due_name || ' là ' || range_text || ', '
    || case outlook
        when 'reached' then 'đáp ứng'
        when 'missed' then 'không đáp ứng'
        else 'có thể không đáp ứng'
    end
    || ' mức chỉ tiêu ' || target || '.' as point
from shown
