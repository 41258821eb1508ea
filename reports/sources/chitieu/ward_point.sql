-- One row per plan and choice of the map at the latest period, with the point
-- of it in one sentence: every indicator of a ward together (indicator_code
-- null), and each that is reckoned by ward.
-- Never null: plan_id, point
with

place as (

    select
        ward.plan_id,
        ward.indicator_code,
        ward.area_id,
        area.area_no,
        area.area_name,
        ward.status_shown as status,
        if(ward.is_disclosive, null, ward.value_shown)::double as value,
        coalesce(plan.reporting_area_noun, 'địa bàn') as noun,
        period.period_name
    from marts.attainment_by_ward_period as ward
    inner join marts.period as period
        on ward.plan_id = period.plan_id
        and ward.period = period.period
    inner join marts.area as area
        on ward.plan_id = area.plan_id
        and ward.area_id = area.area_id
    inner join marts.plan as plan
        on ward.plan_id = plan.plan_id
    where period.is_latest and ward.status_shown <> 'not_applicable'

),

by_place as (

    select
        plan_id,
        area_id,
        any_value(area_no) as area_no,
        any_value(area_name) as area_name,
        any_value(noun) as noun,
        any_value(period_name) as period_name,
        count(*) filter (where status in ('behind', 'not_met')) as lacking
    from place
    group by plan_id, area_id

),

worst as (

    select
        *,
        max(lacking) over (partition by plan_id) as most
    from by_place

),

whole as (

    select
        plan_id,
        null as indicator_code,
        any_value(noun) as noun,
        any_value(period_name) as period_name,
        count(*) as places,
        count(*) filter (where lacking > 0) as lacking,
        any_value(most) as most,
        list(area_name order by area_no) filter (where lacking = most)
            as names
    from worst
    group by plan_id

),

by_indicator as (

    select
        place.plan_id,
        place.indicator_code,
        any_value(place.noun) as noun,
        count(*) as places,
        count(*) filter (where place.status = 'withheld') as withheld,
        count(*) filter (where place.status = 'met') as met,
        count(*) filter (where place.status = 'on_track') as on_track,
        count(*) filter (where place.status = 'not_reported') as not_reported,
        count(*) filter (where place.status = 'not_arising') as not_arising,
        list(
            place.area_name
            || if(
                -- a condition that a ward does not fulfil says no more
                indicator.value_kind in ('ratio', 'count')
                and place.value is not null,
                ' ('
                || marts.figure_text(place.value, indicator.unit_of_measure)
                || ')',
                ''
            )
            -- the furthest from the target first
            order by
                if(
                    indicator.target_comparator in ('<', '<='),
                    -place.value,
                    place.value
                ),
                place.area_no
        ) filter (where place.status in ('behind', 'not_met')) as names
    from place
    inner join marts.indicator as indicator
        on place.plan_id = indicator.plan_id
        and place.indicator_code = indicator.indicator_code
    group by place.plan_id, place.indicator_code

)

select
    plan_id,
    null::varchar as indicator_code,
    if(
        lacking = 0,
        'Không ' || noun || ' nào có chỉ tiêu không đạt hoặc chậm tiến độ.',
        lacking || '/' || places || ' ' || noun
        || ' có chỉ tiêu không đạt hoặc chậm tiến độ; nhiều nhất là '
        || marts.first_names_text(names, noun) || ', ' || most || ' chỉ tiêu.'
    ) as point
from whole
union all
select
    plan_id,
    indicator_code,
    if(
        withheld = places,
        'Kết quả của từng ' || noun
        || ' không đưa ra bản chung, vì có số nhỏ của số liệu nhạy cảm.',
        concat_ws(
            ', ',
            met || '/' || places || ' ' || noun || ' đạt',
            if(on_track > 0, on_track || ' đúng tiến độ', null),
            if(not_reported > 0, not_reported || ' chưa báo cáo', null),
            if(not_arising > 0, not_arising || ' không phát sinh', null),
            if(withheld > 0, withheld || ' ẩn số nhỏ', null)
        )
        || coalesce('; chưa đạt: ' || marts.first_names_text(names, noun), '')
        || '.'
    )
from by_indicator
