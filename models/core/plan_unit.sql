-- One row per unit of a plan: by what it is known as a unit of the office
-- (identity). The office's list has it by its code, or by the one that the
-- plan gives with `is`; where the list has it not, units of several plans with
-- one code and one name are one. The committee of an area is one of its own
-- for every area; its line in the list may be for that area, or for the
-- committees of all. is_asked: the plan asks a figure of it.
with

unit as (

    select
        unit.unit_key,
        unit.plan_id,
        unit.unit_id,
        unit.unit_code,
        unit.unit_name,
        unit.unit_short_name,
        unit.area_id,
        area.code as area_code,
        area.name as area_name,
        area.name_within_sentence as area_name_within,
        unit.office_code is not null as is_named,
        coalesce(unit.office_code, split_part(unit.unit_id, '@', 1)) as entry,
    from raw.unit as unit
    left join raw.area as area using (area_id)

),

listed as (

    select
        unit.*,
        office.office_code is not null as is_listed,
        replace(
            office.unit_name, '{area}',
            coalesce(
                if(
                    starts_with(office.unit_name, '{area}'),
                    area_name,
                    area_name_within
                ),
                ''
            )
        ) as office_name,
        replace(
            office.unit_short_name, '{area}',
            coalesce(
                if(
                    starts_with(office.unit_short_name, '{area}'),
                    area_name,
                    area_name_within
                ),
                ''
            )
        ) as office_short_name,
        office.contact,
        office.phone,
        office.email,
    from unit
    left join raw.office_unit as office
        on unit.entry = office.office_code
        and (office.area_code is null or office.area_code = unit.area_code)
    qualify row_number() over (
        partition by unit.unit_key order by office.area_code nulls last
    ) = 1

),

identified as (

    select
        *,
        if(is_listed or is_named, concat_ws('-', entry, area_code), unit_code)
            as code,
        if(
            is_listed or is_named,
            concat_ws('@', entry, area_id),
            concat_ws(' ', unit_id, lower(unit_name))
        ) as identity,
    from listed

)

select
    identified.plan_id,
    identified.unit_id,
    identified.identity,
    identified.code,
    coalesce(identified.office_name, identified.unit_name) as unit_name,
    coalesce(identified.office_short_name, identified.unit_short_name)
        as unit_short_name,
    identified.area_id,
    identified.is_listed,
    identified.contact,
    identified.phone,
    identified.email,
    identified.unit_key in (select place.unit_key from raw.measure_place as place)
        as is_asked,
from identified
