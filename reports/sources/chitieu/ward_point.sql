-- One row per plan and choice of the map, with the point of it in one sentence:
-- every indicator of a ward together (indicator_code null), and each that is
-- reckoned by ward, in the period in which it is looked at first.
-- Key: plan_id, indicator_code
-- Never null: plan_id, point
with

named as (

    select
        plan_id,
        coalesce(reporting_area_noun, 'địa bàn') as noun
    from marts.plan

),

by_place as (

    select
        place.plan_id,
        area.area_name_within_sentence as area_name,
        place.area_no,
        place.lacking,
        named.noun,
        max(place.lacking) over (partition by place.plan_id) as most
    from marts.status_by_place as place
    inner join named
        on place.plan_id = named.plan_id
    inner join marts.area as area
        on place.plan_id = area.plan_id
        and place.area_id = area.area_id
    where
        place.period is null
        and place.area_id is not null
        and place.attention <> 'not_applicable'

),

whole as (

    select
        plan_id,
        any_value(noun) as noun,
        count(*) as places,
        count(*) filter (where lacking > 0) as lacking,
        any_value(most) as most,
        list(area_name order by area_no) filter (where lacking = most)
            as names
    from by_place
    group by plan_id

),

lacking_place as (

    select
        ward.plan_id,
        ward.indicator_code,
        ward.period,
        list(
            area.area_name_within_sentence
            || if(
                -- a condition that a ward does not fulfil says no more
                indicator.value_kind in ('ratio', 'count')
                and ward.value_shown is not null,
                ' ('
                || marts.figure_text(ward.value_shown, indicator.unit_of_measure)
                || ')',
                ''
            )
            -- the furthest from the target first
            order by
                if(
                    indicator.target_comparator in ('<', '<='),
                    -ward.value_shown,
                    ward.value_shown
                ),
                area.area_no
        ) as names
    from marts.attainment_by_ward_period as ward
    inner join marts.indicator as indicator
        on ward.plan_id = indicator.plan_id
        and ward.indicator_code = indicator.indicator_code
    inner join marts.area as area
        on ward.plan_id = area.plan_id
        and ward.area_id = area.area_id
    -- of which the value is withheld, so is the status
    where marts.is_lacking(ward.status)
    group by ward.plan_id, ward.indicator_code, ward.period

),

by_indicator as (

    select
        counted.* exclude (wards),
        counted.wards - counted.not_applicable as places,
        named.noun,
        lacking_place.names
    from marts.status_by_indicator as counted
    inner join marts.indicator_latest as latest
        on counted.plan_id = latest.plan_id
        and counted.indicator_code = latest.indicator_code
        and counted.period = latest.period
    inner join named
        on counted.plan_id = named.plan_id
    left join lacking_place
        on counted.plan_id = lacking_place.plan_id
        and counted.indicator_code = lacking_place.indicator_code
        and counted.period = lacking_place.period
    where places > 0

)

select
    plan_id,
    null::varchar as indicator_code,
    if(
        lacking = 0,
        'Không ' || noun || ' nào có chỉ tiêu ' || marts.lacking_text() || '.',
        lacking || '/' || places || ' ' || noun
        || ' có chỉ tiêu ' || marts.lacking_text() || '; nhiều nhất là '
        || marts.first_names_text(names, noun) || ', ' || most || ' chỉ tiêu.'
    ) as point
from whole
union all
select
    plan_id,
    indicator_code,
    case
        when untold = places
            then 'Kết quả của từng ' || noun || ' ' || marts.status_text('untold') || '.'
        when withheld = places
            then 'Kết quả của từng ' || noun || ' ' || marts.withheld_text() || '.'
        else concat_ws(
            ', ',
            met || '/' || places || ' ' || noun || ' đạt',
            if(
                "within" > 0,
                "within" || ' ' || marts.status_text('within'),
                null
            ),
            if(
                on_track > 0,
                on_track || ' ' || marts.status_text('on_track'),
                null
            ),
            if(
                not_yet > 0,
                not_yet || ' ' || marts.status_text('not_yet') || ', chưa đến hạn',
                null
            ),
            if(
                in_doubt > 0,
                in_doubt || ' ' || marts.status_text('in_doubt'),
                null
            ),
            if(
                not_reported > 0,
                not_reported || ' ' || marts.status_text('not_reported'),
                null
            ),
            if(
                not_arising > 0,
                not_arising || ' ' || marts.status_text('not_arising'),
                null
            ),
            if(
                withheld > 0,
                withheld || ' ' || marts.status_text('withheld'),
                null
            ),
            if(
                untold > 0,
                untold || ' ' || marts.status_text('untold'),
                null
            )
        )
        || coalesce(
            '; ' || marts.lacking_text() || ': ' || marts.first_names_text(names, noun),
            ''
        )
        || '.'
    end
from by_indicator
