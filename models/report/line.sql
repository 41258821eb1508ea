-- Grain: audience × plan × period × indicator or measure × area (area_id null:
-- the plan's whole area). Figures as the audience will see them.
with

figure as (

    select 'city' as audience, * from city.figure
    union all by name
    select 'shared' as audience, * from release.figure

),

-- another period is as it was published last, where it was
earlier as (

    select
        coalesce(figure.audience, published.audience) as audience,
        coalesce(figure.plan_id, published.plan_id) as plan_id,
        coalesce(figure.period, published.period) as period,
        coalesce(figure.section, published.section) as section,
        coalesce(figure.code, published.code) as code,
        coalesce(figure.area_id, published.area_id) as area_id,
        published.row_no is not null as is_published,
        is_published and published.value is distinct from figure.value as is_other,
        if(is_published, published.value_shown, figure.value_shown) as value_shown,
        if(is_published, published.value, figure.value) as value,
        if(is_published, published.status, figure.status) as status,
    from figure
    full join (from core.published_line where is_latest) as published
        on figure.audience = published.audience
        and figure.plan_id = published.plan_id
        and figure.period = published.period
        and figure.section = published.section
        and figure.code = published.code
        and figure.area_id is not distinct from published.area_id

),

seen as (

    select
        figure.*,
        head.previous_changed_version,
        head.last_year_changed_version,
        -- nothing is compared with a figure that is withheld
        if(figure.is_withheld, null, previous.value_shown) as previous_value,
        previous.value as previous_exactly,
        previous.status as previous_status,
        coalesce(previous.is_other, false) as is_previous_other,
        coalesce(last_year.is_other, false) as is_last_year_other,
        -- else the sum of those that the area is made of
        last_year.is_published is not true as is_made_of,
        if(
            figure.is_withheld,
            null,
            coalesce(last_year.value_shown, if(is_made_of, made_of.value_shown, null))
        ) as last_year_value,
        coalesce(last_year.value, if(is_made_of, made_of.value, null))
            as last_year_exactly,
    from figure
    inner join core.period_before as before using (plan_id, period)
    left join marts.last_year as like_it using (plan_id, period, section, code)
    left join marts.last_year_made_of as made_of
        using (plan_id, period, section, code, area_id)
    inner join report.head as head
        on figure.plan_id = head.report_plan
        and figure.period = head.report_period
    left join earlier as previous
        on before.plan_id = previous.plan_id
        and before.previous_period = previous.period
        and figure.audience = previous.audience
        and figure.section = previous.section
        and figure.code = previous.code
        and figure.area_id is not distinct from previous.area_id
    left join earlier as last_year
        on like_it.last_year_plan_id = last_year.plan_id
        and like_it.last_year_period = last_year.period
        and like_it.last_year_code = last_year.code
        and figure.audience = last_year.audience
        and figure.section = last_year.section
        and figure.area_id is not distinct from last_year.area_id

)

select
    seen.plan_id as report_plan,
    seen.period as report_period,
    seen.* exclude (
        area_code, area_name, previous_exactly, last_year_exactly,
        previous_changed_version, last_year_changed_version, is_previous_other,
        is_last_year_other, is_made_of
    ),
    if(seen.is_withheld, null, basis.sides) as sides,
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
left join marts.change_basis as basis
    on seen.plan_id = basis.plan_id
    and seen.period = basis.period
    and seen.section = 'indicator'
    and seen.code = basis.indicator_code
    and seen.area_id is not distinct from basis.area_id
order by
    report_plan, report_period, seen.audience, seen.section, item.item_no,
    area_no
