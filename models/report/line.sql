-- Grain: audience × plan × period × indicator or measure × area (area_id null:
-- the plan's whole area). Figures as the audience will see them.
with

figure as (

    select 'city' as audience, * from city.figure
    union all by name
    select 'shared' as audience, * from release.figure

),

published as (

    from core.published_line
    where is_latest

),

-- another period is as it was published last, where it was
seen as (

    select
        figure.*,
        head.previous_changed_version,
        head.last_year_changed_version,
        -- nothing is compared with a figure that is withheld
        if(
            figure.is_withheld,
            null,
            if(
                previous_then.row_no is null,
                previous.value_shown,
                previous_then.value_shown
            )
        ) as previous_value,
        if(previous_then.row_no is null, previous.value, previous_then.value)
            as previous_exactly,
        if(
            previous_then.row_no is null, previous.status, previous_then.status
        ) as previous_status,
        previous_then.row_no is not null
        and previous_then.value is distinct from previous.value
            as is_previous_other,
        last_year_then.row_no is not null
        and last_year_then.value is distinct from last_year.value
            as is_last_year_other,
        if(
            figure.is_withheld,
            null,
            if(
                last_year_then.row_no is null,
                coalesce(last_year.value_shown, made_of.value_shown),
                last_year_then.value_shown
            )
        ) as last_year_value,
        if(
            last_year_then.row_no is null,
            coalesce(last_year.value, made_of.value),
            last_year_then.value
        ) as last_year_exactly,
    from figure
    inner join core.period_before as before using (plan_id, period)
    left join marts.last_year as like_it using (plan_id, period, section, code)
    left join marts.last_year_made_of as made_of
        using (plan_id, period, section, code, area_id)
    inner join report.head as head
        on figure.plan_id = head.report_plan
        and figure.period = head.report_period
    left join figure as previous
        on before.plan_id = previous.plan_id
        and before.previous_period = previous.period
        and figure.audience = previous.audience
        and figure.section = previous.section
        and figure.code = previous.code
        and figure.area_id is not distinct from previous.area_id
    left join figure as last_year
        on like_it.last_year_plan_id = last_year.plan_id
        and like_it.last_year_period = last_year.period
        and like_it.last_year_code = last_year.code
        and figure.audience = last_year.audience
        and figure.section = last_year.section
        and figure.area_id is not distinct from last_year.area_id
    left join published as previous_then
        on before.plan_id = previous_then.plan_id
        and before.previous_period = previous_then.period
        and figure.audience = previous_then.audience
        and figure.section = previous_then.section
        and figure.code = previous_then.code
        and figure.area_id is not distinct from previous_then.area_id
    left join published as last_year_then
        on like_it.last_year_plan_id = last_year_then.plan_id
        and like_it.last_year_period = last_year_then.period
        and like_it.last_year_code = last_year_then.code
        and figure.audience = last_year_then.audience
        and figure.section = last_year_then.section
        and figure.area_id is not distinct from last_year_then.area_id

)

select
    seen.plan_id as report_plan,
    seen.period as report_period,
    seen.* exclude (
        area_code, area_name, previous_exactly, last_year_exactly,
        previous_changed_version, last_year_changed_version, is_previous_other,
        is_last_year_other
    ),
    item.item_no,
    area.area_code,
    area.area_name,
    coalesce(area.area_no, 0) as area_no,
    -- of an earlier period of which other figures are known by now no rise
    -- or fall is shown
    if(
        previous_value is null
        or previous_changed_version is not null
        or is_previous_other,
        null,
        difference(value, previous_exactly, value_shown, previous_value)
    )::decimal(28, 4) as change_from_previous,
    if(
        last_year_value is null
        or last_year_changed_version is not null
        or is_last_year_other,
        null,
        difference(value, last_year_exactly, value_shown, last_year_value)
    )::decimal(28, 4) as change_from_last_year,
from seen
inner join report.item as item
    on seen.plan_id = item.report_plan
    and seen.period = item.report_period
    and seen.section = item.section
    and seen.code = item.code
left join marts.area as area using (plan_id, area_id)
order by
    report_plan, report_period, seen.audience, seen.section, item.item_no,
    area_no
