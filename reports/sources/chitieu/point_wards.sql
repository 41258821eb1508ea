-- One row per plan, indicator and period: what the bars and lines of its
-- reporting areas say when they are seen side by side, in a sentence each.
-- Key: plan_id, indicator_code, period
-- Never null: plan_id, indicator_code, period, point
with

shown as (

    select
        ward.plan_id,
        ward.indicator_code,
        ward.period,
        ward.area_id,
        area.area_name_within_sentence as area_name,
        area.area_no,
        coalesce(plan.reporting_area_noun, 'địa bàn') as noun,
        indicator.unit_of_measure as unit,
        indicator.value_kind in ('ratio', 'count', 'change') as is_ranked,
        ward.value_shown::double as value,
        ward.value_in_period_shown::double as value_in_period,
        ward.status,
        -- a place without a target of its own has figures, and is not judged
        ward.status <> 'not_applicable' and ward.target_value is not null
            as is_judged,
        ward.is_withheld as is_hidden,
        marts.name_within_year(period.period_name, period.year) as short_name
    from marts.attainment_by_ward_period as ward
    inner join marts.plan as plan
        on ward.plan_id = plan.plan_id
    inner join marts.indicator as indicator
        on ward.plan_id = indicator.plan_id
        and ward.indicator_code = indicator.indicator_code
    inner join marts.area as area
        on ward.plan_id = area.plan_id
        and ward.area_id = area.area_id
    inner join marts.period as period
        on ward.plan_id = period.plan_id
        and ward.period = period.period

),

compared as (

    select
        shown.*,
        previous.short_name as before_name,
        previous.status as before_status,
        shown.value - previous.value as change,
        shown.value_in_period - previous.value_in_period as change_in_period,
        max(shown.value) over same as highest,
        min(shown.value) over same as lowest
    from shown
    inner join marts.period_before as before
        on shown.plan_id = before.plan_id
        and shown.period = before.period
    left join shown as previous
        on before.plan_id = previous.plan_id
        and before.previous_period = previous.period
        and shown.indicator_code = previous.indicator_code
        and shown.area_id = previous.area_id
    window same as (
        partition by shown.plan_id, shown.indicator_code, shown.period
    )

),

counted as (

    select
        plan_id,
        indicator_code,
        period,
        any_value(noun) as noun,
        any_value(unit) as unit,
        any_value(is_ranked) as is_ranked,
        any_value(before_name) as before_name,
        bool_and(coalesce(before_status, 'not_applicable') = 'not_applicable')
            as is_first,
        count(value)::integer as values,
        count(*) filter (where is_hidden)::integer as hidden,
        count(*) filter (where is_judged)::integer as places,
        count(*) filter (where status <> 'not_applicable')::integer as asked,
        any_value(highest) as highest,
        any_value(lowest) as lowest,
        list(area_name order by area_no) filter (where value = highest)
            as at_highest,
        list(area_name order by area_no) filter (where value = lowest)
            as at_lowest,
        list(area_name order by area_no) filter (where status = 'met') as met,
        list(area_name order by area_no) filter (where status = 'within')
            as within_limit,
        list(area_name order by area_no) filter (where status = 'on_track')
            as on_track,
        list(area_name order by area_no) filter (where status = 'behind')
            as behind,
        list(area_name order by area_no) filter (where status = 'not_yet')
            as not_yet,
        list(area_name order by area_no) filter (where status = 'not_met')
            as not_met,
        list(area_name order by area_no) filter (where status = 'in_doubt')
            as in_doubt,
        list(area_name order by area_no) filter (where status = 'not_arising')
            as not_arising,
        list(area_name order by area_no) filter (where status = 'not_reported')
            as not_reported,
        list(area_name order by area_no) filter (where status = 'withheld')
            as withheld,
        list(area_name order by area_no) filter (where status = 'untold')
            as untold,
        count(*) filter (where change > 0)::integer as up,
        count(*) filter (where change < 0)::integer as down,
        count(*) filter (where change = 0)::integer as level,
        list(area_name order by area_no)
            filter (where change is null and status <> 'not_applicable')
            as not_compared,
        count(*) filter (where change_in_period > 0)::integer as up_in_period,
        count(*) filter (where change_in_period < 0)::integer
            as down_in_period,
        count(*) filter (where change_in_period = 0)::integer
            as level_in_period,
        list(area_name order by area_no)
            filter (
                where change_in_period is null and status <> 'not_applicable'
            ) as not_compared_in_period
    from compared
    group by plan_id, indicator_code, period

)

select
    plan_id,
    indicator_code,
    period,
    case
        when not is_ranked or values = 0 then ''
        when highest = lowest and values = 1
            then
                marts.starting_sentence(at_highest[1]) || ': '
                || marts.figure_text(highest, unit) || '. '
        when highest = lowest
            then
                'Cả ' || values || ' ' || noun || ' có giá trị đều là '
                || marts.figure_text(highest, unit) || '. '
        else
            'Cao nhất: ' || marts.names_text(at_highest, noun) || ' ('
            || marts.figure_text(highest, unit) || '); thấp nhất: '
            || marts.names_text(at_lowest, noun) || ' ('
            || marts.figure_text(lowest, unit) || '). '
    end
    || case
        when asked = 0 and values = 0 and hidden = 0
            then 'Không áp dụng cho ' || noun || ' nào ở kỳ này.'
        when len(untold) = asked
            then
                'Giá trị của từng ' || noun || ' ' || marts.status_text('untold') || '.'
        when (asked = 0 and values = 0) or len(withheld) = asked
            then 'Giá trị của từng ' || noun || ' ' || marts.withheld_text() || '.'
        when places = 0
            then
                'Mức chỉ tiêu giao cho toàn địa bàn, không chia cho từng ' || noun || '.'
                || if(
                    not_reported is null,
                    '',
                    ' ' || marts.starting_sentence(marts.status_text('not_reported')) || ': '
                    || marts.names_text(not_reported, noun) || '.'
                )
        else
            coalesce(len(met), 0) || '/' || places || ' ' || noun || ' đạt'
            || if(
                within_limit is null,
                '',
                '; ' || marts.status_text('within') || ': ' || marts.names_text(within_limit, noun)
            )
            || if(
                on_track is null,
                '',
                '; ' || marts.status_text('on_track') || ': ' || marts.names_text(on_track, noun)
            )
            || if(
                behind is null,
                '',
                '; ' || marts.status_text('behind') || ': ' || marts.names_text(behind, noun)
            )
            || if(
                not_yet is null,
                '',
                '; ' || marts.status_text('not_yet') || ': ' || marts.names_text(not_yet, noun)
            )
            || if(
                not_met is null,
                '',
                '; ' || marts.status_text('not_met') || ': ' || marts.names_text(not_met, noun)
            )
            || if(
                not_arising is null,
                '',
                '; ' || marts.status_text('not_arising') || ': '
                || marts.names_text(not_arising, noun)
            )
            || if(
                not_reported is null,
                '',
                '; ' || marts.status_text('not_reported') || ': '
                || marts.names_text(not_reported, noun)
            )
            || if(
                in_doubt is null,
                '',
                '; ' || marts.status_text('in_doubt') || ': ' || marts.names_text(in_doubt, noun)
            )
            || if(
                withheld is null,
                '',
                '; ' || marts.status_text('withheld') || ': ' || marts.names_text(withheld, noun)
            )
            || if(
                untold is null,
                '',
                '; ' || marts.status_text('untold') || ': ' || marts.names_text(untold, noun)
            )
            || '.'
    end as point,
    if(
        not is_ranked or is_first or before_name is null
        or up + down + level = 0,
        null,
        marts.moves_text(before_name, noun, up, down, level, not_compared)
    ) as change,
    if(
        not is_ranked or is_first or before_name is null
        or up_in_period + down_in_period + level_in_period = 0,
        null,
        marts.moves_text(
            before_name, noun, up_in_period, down_in_period, level_in_period,
            not_compared_in_period
        )
    ) as change_in_period
from counted
