-- One row per plan of which an indicator can be compared with the period of the
-- same kind before the one in which it is looked at first: what has changed
-- between them, and how much of it, for the plan's whole area and for its wards.
-- period_name_before is null where indicators are compared with several periods.
-- uncompared: indicators that have no period before.
-- Key: plan_id
-- Never null: plan_id, compared, better, worse, other, same, ward_compared,
-- ward_better, ward_worse, ward_reported, ward_other, ward_same, uncompared, summary
with

before as (

    select
        plan_id,
        (count(*) filter (where period_before is null))::integer as uncompared
    from marts.compared_period()
    group by plan_id

),

counted as (

    select
        plan_id,
        if(min(period_before) = max(period_before), min(period_before), null)
            as period_before,
        count(*) filter (where area_id is null)::integer as compared,
        count(*) filter (where area_id is null and direction = 'better')
            ::integer as better,
        count(*) filter (where area_id is null and direction = 'worse')
            ::integer as worse,
        count(*) filter (
            where area_id is null and direction not in ('better', 'worse', 'same')
        )::integer as other,
        count(*) filter (where area_id is null and direction = 'same')
            ::integer as same,
        count(*) filter (where area_id is not null)::integer as ward_compared,
        count(*) filter (where area_id is not null and direction = 'better')
            ::integer as ward_better,
        count(*) filter (where area_id is not null and direction = 'worse')
            ::integer as ward_worse,
        count(*) filter (where area_id is not null and direction = 'reported')
            ::integer as ward_reported,
        count(*) filter (
            where
            area_id is not null
            and direction not in ('better', 'worse', 'reported', 'same')
        )::integer as ward_other,
        count(*) filter (where area_id is not null and direction = 'same')
            ::integer as ward_same
    from marts.status_change()
    group by plan_id

)

select
    counted.* exclude (period_before),
    before.uncompared,
    period.period_name as period_name_before,
    case
        when counted.same < counted.compared
            then
                'Trong ' || counted.compared || ' chỉ tiêu so sánh được: '
                || concat_ws(
                    ', ',
                    if(
                        counted.better > 0,
                        counted.better || ' ' || marts.direction_text('better'),
                        null
                    ),
                    if(
                        counted.worse > 0,
                        counted.worse || ' ' || marts.direction_text('worse'),
                        null
                    ),
                    if(
                        counted.other > 0,
                        counted.other || ' ' || marts.direction_text('other'),
                        null
                    ),
                    if(
                        counted.same > 0,
                        counted.same || ' ' || marts.direction_text('same'),
                        null
                    )
                )
                || '.'
        when before.uncompared > 0
            then counted.compared || ' chỉ tiêu so sánh được của toàn '
            || plan.area_noun || ' giữ nguyên mức đánh giá.'
        else
            'Không chỉ tiêu nào của toàn ' || plan.area_noun || ' thay đổi mức đánh giá.'
    end as summary,
    case
        when counted.ward_compared = 0 then null
        when counted.ward_same = counted.ward_compared and before.uncompared > 0
            then marts.number_text(counted.ward_compared)
            || ' đánh giá so sánh được của các '
            || coalesce(plan.reporting_area_noun, 'địa bàn') || ' giữ nguyên.'
        when counted.ward_same = counted.ward_compared
            then 'Không đánh giá nào của các '
            || coalesce(plan.reporting_area_noun, 'địa bàn') || ' thay đổi.'
        else
            'Trong ' || marts.number_text(counted.ward_compared)
            || ' đánh giá của các '
            || coalesce(plan.reporting_area_noun, 'địa bàn') || ': '
            || concat_ws(
                ', ',
                marts.number_text(counted.ward_better) || ' ' || marts.direction_text('better'),
                marts.number_text(counted.ward_worse) || ' ' || marts.direction_text('worse'),
                if(
                    counted.ward_reported > 0,
                    marts.number_text(counted.ward_reported)
                    || ' ' || marts.direction_text('reported'),
                    null
                ),
                if(
                    counted.ward_other > 0,
                    marts.number_text(counted.ward_other)
                    || ' ' || marts.direction_text('other'),
                    null
                ),
                marts.number_text(counted.ward_same) || ' ' || marts.direction_text('same')
            )
            || '.'
    end as ward_summary
from counted
inner join marts.plan as plan
    on counted.plan_id = plan.plan_id
inner join before
    on counted.plan_id = before.plan_id
left join marts.period as period
    on counted.plan_id = period.plan_id
    and counted.period_before = period.period
