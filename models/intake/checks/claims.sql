-- Grain: claim × problem of who reports on which plan for which period.
with coded as (
    select
        claim.*,
        is_total(unit, area_code) as is_total_row,
        (plan_key, unit) in (select (plan_key, unit_code) from intake.unit) as is_code
    from intake.claim_place as claim
),

faulty as (
    select
        *,
        unnest([
            if(plan_key is null, 'unknown_plan', null),
            if(plan_key is not null and period_key is null, 'unknown_period', null),
            if(
                plan_key is not null and unit_key is null and not is_code and not is_total_row,
                'unknown_unit', null
            ),
            if(plan_key is not null and unit_key is null and is_total_row, 'total_of_units', null),
            if(period_key is not null and unit_key is null and is_code, 'unit_not_in_period', null),
            if(data_to < in_force_from, 'period_not_applicable', null),
            if(data_from > getvariable('received_on'), 'period_not_begun', null),
            if(times > 1 and sheet is not null, 'unit_twice', null),
            if(
                is_early and unit_key is not null and data_from <= getvariable('received_on'),
                'covering_period_early', null
            )
        ]) as code
    from coded
),

-- all days on which a unit of that code is there
lives as (
    select
        plan_key, unit_code, any_value(unit_name) as unit_name,
        min(valid_from) as valid_from, max(valid_to) as valid_to,
        arg_max(area_id, valid_to) as area_id
    from intake.unit
    group by plan_key, unit_code
),

places as (
    select
        plan, unit, period,
        string_agg(place_of(sheet, cell, null), '; ' order by row_no) as places
    from intake.raw_submission
    where sheet is not null
    group by plan, unit, period
)

select
    faulty.code, faulty.row_no, faulty.sheet, faulty.cell, faulty.line,
    faulty.plan, faulty.plan_number, faulty.unit, faulty.times::varchar as times,
    places.places,
    coalesce(
        faulty.unit_name,
        if(faulty.code = 'unit_not_in_period', lives.unit_name, faulty.unit)
    ) as unit_name,
    faulty.period, coalesce(faulty.period_name, faulty.period) as period_name,
    validity(lives.area_id, lives.valid_from, lives.valid_to) as validity,
    day(faulty.data_from) as data_from, day(faulty.data_to) as data_to,
    day(faulty.in_force_from) as in_force_from,
    day(getvariable('received_on')) as received_on,
    day(faulty.due_before - 1) as last_day,
    if(
        faulty.plan_key is null,
        (select string_agg(plan_id, ', ' order by plan_no) from raw.listed_plan),
        (
            select string_agg(known.period, ', ' order by known.period_no)
            from raw.period as known
            where known.plan_key = faulty.plan_key
        )
    ) as known
from faulty
left join lives on faulty.plan_key = lives.plan_key and faulty.unit = lives.unit_code
left join places
    on faulty.plan = places.plan and faulty.unit = places.unit and faulty.period = places.period
where faulty.code is not null
