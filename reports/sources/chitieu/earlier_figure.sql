-- One row per plan, indicator or measure without a target, place and period of
-- a plan that it continues: what the same one was there. Plans link what they
-- count in the same way, or what the plan file says is the same.
-- Key: plan_id, code, earlier_plan_id, period, area_id
-- Null in the key: area_id, of the whole area
-- Never null: plan_id, code, earlier_plan_id, earlier_number, earlier_code,
-- period, period_name, axis_name, is_base, kind, year, time_no, unit, status,
-- is_provisional, areas_carried, is_hidden
-- code: as pages have it, a measure behind a ~
with recursive

link as (

    select distinct
        plan_id,
        section,
        code,
        last_year_plan_id as earlier_plan_id,
        last_year_code as earlier_code
    from marts.last_year
    where last_year_plan_id <> plan_id
    union
    select
        link.plan_id,
        link.section,
        link.code,
        before.last_year_plan_id as earlier_plan_id,
        before.last_year_code as earlier_code
    from link
    inner join marts.last_year as before
        on link.earlier_plan_id = before.plan_id
        and link.section = before.section
        and link.earlier_code = before.code
    where before.last_year_plan_id <> before.plan_id

),

figure as (

    select *, 'indicator' as section, indicator_code as code
    from chitieu.attainment_city
    union all by name
    select *, 'indicator' as section, indicator_code as code
    from chitieu.attainment_ward
    where status <> 'not_applicable' or value is not null or is_hidden
    union all by name
    select
        *, 'measure' as section, measure as code, value_to_date as value, carried as areas_carried
    from chitieu.measure_city
    union all by name
    select
        *, 'measure' as section, measure as code, value_to_date as value, carried as areas_carried
    from chitieu.measure_ward

)

select
    link.plan_id,
    if(link.section = 'measure', '~', '') || link.code as code,
    link.earlier_plan_id,
    plan.number as earlier_number,
    figure.code as earlier_code,
    period.period,
    period.period_name,
    period.axis_name || if(period.kind = 'year', '', '/' || period.year) as axis_name,
    period.is_base,
    period.kind,
    period.year,
    period.time_no,
    coalesce(
        indicator.unit,
        if(measure.kind = 'yes_no' and figure.area_id is null, null, measure.unit),
        ''
    ) as unit,
    indicator.value_kind,
    indicator.target_comparator,
    figure.area_id,
    figure.value,
    figure.value_in_period,
    figure.numerator,
    figure.denominator,
    figure.target_value,
    figure.target_to,
    figure.status,
    figure.why_none_in_period,
    coalesce(figure.is_provisional, false) as is_provisional,
    figure.areas_carried,
    figure.is_hidden
from link
inner join figure
    on link.earlier_plan_id = figure.plan_id
    and link.section = figure.section
    and link.earlier_code = figure.code
inner join marts.plan as plan
    on link.earlier_plan_id = plan.plan_id
inner join chitieu.period as period
    on figure.plan_id = period.plan_id
    and figure.period = period.period
left join chitieu.indicator as indicator
    on link.section = 'indicator'
    and figure.plan_id = indicator.plan_id
    and figure.code = indicator.indicator_code
left join chitieu.measure as measure
    on link.section = 'measure'
    and figure.plan_id = measure.plan_id
    and figure.code = measure.measure
left join marts.measure as own
    on link.section = 'measure'
    and link.plan_id = own.plan_id
    and link.code = own.measure
where
    not coalesce(own.has_indicator, false)
    and period.is_applicable
    and period.units_reported > 0
    -- levels make no whole
    and (measure.kind is distinct from 'level' or figure.area_id is not null)
