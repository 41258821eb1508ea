-- One row per plan and ward at the plan's latest period: how many of its
-- indicators are not met or behind, and which place it takes in the order of
-- attention, in words and as a shade of the map.
-- Key: plan_id, area_id
-- Never null: plan_id, area_id, met, within, on_track, behind, not_yet,
-- not_met, in_doubt, not_reported, withheld, lacking, attention,
-- attention_no, attention_text, shade
select
    place.plan_id,
    place.area_id,
    place.met,
    place.within,
    place.on_track,
    place.behind,
    place.not_yet,
    place.not_met,
    place.in_doubt,
    place.not_reported,
    place.withheld,
    place.lacking,
    place.attention,
    place.attention_no,
    case place.attention
        when 'not_applicable' then 'không thuộc kỳ này'
        when 'not_reported' then 'chưa gửi báo cáo'
        else coalesce(
            nullif(
                concat_ws(
                    ', ',
                    if(
                        place.not_met > 0,
                        place.not_met || ' ' || marts.status_text('not_met'),
                        null
                    ),
                    if(
                        place.behind > 0,
                        place.behind || ' ' || marts.status_text('behind'),
                        null
                    ),
                    if(
                        place.not_reported > 0,
                        place.not_reported || ' ' || marts.status_text('not_reported'),
                        null
                    )
                ),
                ''
            ),
            'không có chỉ tiêu nào ' || marts.lacking_text()
        )
    end as attention_text,
    -- how dark its tile is on the map, the darkest 100
    if(
        place.attention = 'not_reported' or max(place.lacking) over of_plan = 0,
        0,
        100 * place.lacking / max(place.lacking) over of_plan
    )::double as shade
from marts.status_by_place as place
inner join marts.period as period
    on place.plan_id = period.plan_id
    and place.period = period.period
where place.area_id is not null and period.is_latest
window of_plan as (partition by place.plan_id)
