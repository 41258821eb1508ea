-- Grain: reading × problem of its measure, its area or its value.
with lost_zero as (
    select area.plan_key, ltrim(area.code, '0') as stripped, min(area.code) as with_zero
    from intake.area as area
    where starts_with(area.code, '0')
    group by area.plan_key, stripped
),

area_of_code as (
    select plan_key, code, any_value(name) as name
    from intake.area
    group by plan_key, code
),

-- with what may be behind an area that is not known, or not the unit's
guessed as (
    select
        reading.*,
        number_core(value_said(reading."value")) as core,
        reading.area_fault in ('area_unknown', 'area_of_another') as is_guessed,
        is_total(reading.area, reading.area_code) as is_total_row,
        area.code is not null as is_code,
        area.name as area_of_code,
        if(area.code is null, lost_zero.with_zero, null) as with_zero,
        name.code as name_fault,
        name.known as areas_of_name,
        place.name as area_of_name,
        validity(place.area_id, place.valid_from, place.valid_to) as validity
    from intake.reading as reading
    left join area_of_code as area
        on reading.plan_key = area.plan_key and reading.area = area.code
    left join lost_zero
        on
            reading.plan_key = lost_zero.plan_key
            and ltrim(reading.area, '0') = lost_zero.stripped
    left join intake.name_fault as name
        on
            reading.plan = name.plan
            and reading.period = name.period
            and reading.area = name.area
    left join raw.area as place on name.area_id = place.area_id
    where
        reading.measure_fault is not null
        or reading.area_fault is not null
        or reading.value_fault is not null
),

faulty as (
    select
        *,
        unnest([
            measure_fault::varchar,
            value_fault::varchar,
            if(
                area_fault in ('area_missing', 'area_not_asked', 'area_not_wanted'),
                area_fault::varchar, null
            ),
            if(area_fault = 'area_unknown' and is_total_row, 'total_of_areas', null),
            if(area_fault = 'area_unknown' and is_code, 'area_not_valid', null),
            if(is_guessed and with_zero is not null, 'area_lost_zero', null),
            if(
                is_guessed,
                name_fault::enum ('area_name_unclear', 'area_name_not_valid'), null
            ),
            if(
                is_guessed
                and with_zero is null
                and name_fault is null
                and (area_fault = 'area_of_another' or not (is_code or is_total_row)),
                area_fault::varchar, null
            )
        ]) as code
    from guessed
),

listed as (
    select
        *,
        if(
            code = 'percentage_unclear',
            plain_number(core, number_shape(core), is_exact)::decimal(18, 4), null
        ) as share
    from faulty
    where code is not null
)

select
    code, row_no, sheet, cell, line, measure, measure_name, area, "value", unit_of_measure,
    unit_name, plan_number, period_name, day(data_to) as data_to, validity,
    if(code = 'area_lost_zero', with_zero, areas_of_name) as known,
    if(code = 'area_name_not_valid', area_of_name, area_of_code) as area_name,
    number_words(decimals) as number_words,
    if(code = 'date', day(typed_date(value_said("value"))), null) as day,
    if(
        code = 'thousands_mark',
        regexp_replace(core, '[.,]', '', 'g'), regexp_replace(core, '[.,]', '')
    ) as whole,
    -- three decimals could be read as thousands again, so a zero is added to them
    regexp_replace(
        regexp_replace(replace(core, '.', ','), ',?0+$', ''), ',([0-9]{3})$', ',\10'
    ) as "decimal",
    plain(share) as number,
    plain(share * 100) as hundredfold
from listed
