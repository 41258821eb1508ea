-- One row per audience, plan, period, indicator or measure, and area
-- (area_id null: the plan's whole area). The city's lines hold every
-- figure. In the shared ones a figure that would tell a small count of a
-- sensitive measure is null and is_withheld is true; which status an area
-- has would tell it too and is then withheld.
with

figure as (

    select
        plan_id,
        period,
        'indicator' as section,
        indicator_code as code,
        area_id,
        numerator,
        denominator,
        value,
        value_shown,
        numerator_in_period,
        denominator_in_period,
        value_in_period,
        target_value,
        pace_value,
        attained,
        status,
        status_shown,
        areas_expected,
        areas_reported,
        periods_missing,
        basis,
        null::boolean as is_nil,
        is_disclosive,
    from (
        from marts.attainment_by_plan_period
        union all by name
        from marts.attainment_by_ward_period
    )
    union all by name
    select
        plan_id,
        period,
        'measure' as section,
        measure as code,
        null::integer as area_id,
        value_to_date::decimal(28, 6) as value,
        value_to_date as value_shown,
        value_in_period::decimal(28, 6) as value_in_period,
        places_expected as areas_expected,
        places_reported as areas_reported,
        periods_missing,
        is_disclosive,
    from marts.measure_by_plan_period
    union all by name
    select
        plan_id,
        period,
        'measure' as section,
        measure as code,
        area_id,
        value_to_date::decimal(28, 6) as value,
        value_to_date::decimal(28, 4) as value_shown,
        value_in_period::decimal(28, 6) as value_in_period,
        periods_missing,
        basis,
        is_nil,
        is_disclosive,
    from marts.measure_by_ward_period

),

compared as (

    select
        figure.*,
        previous.value_shown as previous_value,
        previous.status as previous_status,
        previous.status_shown as previous_status_shown,
        coalesce(previous.is_disclosive, false) as is_previous_disclosive,
        last_year.value_shown as last_year_value,
        coalesce(last_year.is_disclosive, false) as is_last_year_disclosive,
    from figure
    inner join core.period_before as before
        on figure.plan_id = before.plan_id
        and figure.period = before.period
    left join figure as previous
        on before.plan_id = previous.plan_id
        and before.previous_period = previous.period
        and figure.section = previous.section
        and figure.code = previous.code
        and figure.area_id is not distinct from previous.area_id
    left join figure as last_year
        on before.plan_id = last_year.plan_id
        and before.last_year_period = last_year.period
        and figure.section = last_year.section
        and figure.code = last_year.code
        and figure.area_id is not distinct from last_year.area_id

),

seen as (

    select
        audience.audience,
        compared.*,
        audience.audience = 'shared' and is_disclosive as is_withheld,
        audience.audience = 'shared'
        and (is_disclosive or is_previous_disclosive) as is_previous_withheld,
        audience.audience = 'shared'
        and (is_disclosive or is_last_year_disclosive) as is_last_year_withheld,
    from compared
    cross join (values ('city'), ('shared')) as audience (audience)

)

select
    seen.plan_id as report_plan,
    seen.period as report_period,

    -- keys
    seen.audience,
    seen.section,
    seen.code,
    item.item_no,
    seen.area_id,
    area.code as area_code,
    area.name as area_name,
    coalesce(reporting.area_no, 0) as area_no,

    -- to date and in the period
    if(is_withheld, null, numerator) as numerator,
    if(is_withheld, null, denominator) as denominator,
    if(is_withheld, null, value) as value,
    if(is_withheld, null, value_shown) as value_shown,
    if(is_withheld, null, numerator_in_period) as numerator_in_period,
    if(is_withheld, null, denominator_in_period) as denominator_in_period,
    if(is_withheld, null, value_in_period) as value_in_period,

    -- target
    seen.target_value,
    seen.pace_value,
    if(
        seen.audience = 'shared' and status_shown = 'withheld', null, attained
    ) as attained,
    if(seen.audience = 'shared', status_shown, status) as status,

    -- coverage
    areas_expected,
    areas_reported,
    periods_missing,
    basis,

    -- comparison
    if(is_previous_withheld, null, previous_value) as previous_value,
    if(seen.audience = 'shared', previous_status_shown, previous_status)
        as previous_status,
    if(is_previous_withheld, null, value_shown - previous_value)
        as change_from_previous,
    if(is_last_year_withheld, null, last_year_value) as last_year_value,
    if(is_last_year_withheld, null, value_shown - last_year_value)
        as change_from_last_year,

    if(is_withheld, null, is_nil) as is_nil,
    is_withheld,
from seen
inner join report.item as item
    on seen.plan_id = item.report_plan
    and seen.period = item.report_period
    and seen.section = item.section
    and seen.code = item.code
inner join raw.plan as plan
    on seen.plan_id = plan.plan_id
left join raw.area as area
    on seen.area_id = area.area_id
left join raw.reporting_area as reporting
    on plan.plan_key = reporting.plan_key
    and seen.area_id = reporting.area_id
order by
    report_plan, report_period, seen.audience, seen.section, item.item_no,
    area_no
