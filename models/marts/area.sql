-- One row per plan and area that reports in it, with what it comes from and
-- what became of it later: the areas of the plan whose series it goes on with,
-- or the day on which its own begins; names and codes of its successors, as a
-- rule one, and whether that is made of such areas only, so that its figures can
-- be carried on. Where its
-- tile lies on the schematic map, columns counted from the west and rows from
-- the north, is null for areas that the map does not hold.
with

-- the first day of the plan's figures
begun as (

    select
        plan_key,
        min(data_from) as data_from,
    from raw.period
    group by plan_key

),

became as (

    select
        reporting.plan_key,
        link.area_id,
        list(successor.name order by successor.area_id) as names,
        list(successor.name_within_sentence order by successor.area_id)
            as names_within_sentence,
        string_agg(successor.code, ', ' order by successor.area_id) as codes,
        min(link.succeeded_on) as succeeded_on,
        bool_and(succession.area_id is not null) as is_exact,
    from raw.area_successor as link
    inner join raw.area as successor
        on link.successor_id = successor.area_id
    inner join raw.reporting_area as reporting
        on link.area_id = reporting.area_id
    left join core.exact_succession as succession
        on reporting.plan_key = succession.plan_key
        and link.area_id = succession.area_id
        and link.successor_id = succession.successor_id
    group by reporting.plan_key, link.area_id

)

select
    plan.plan_id,
    area.area_id,
    area.code as area_code,
    reporting.area_name,
    reporting.area_name_within_sentence,
    area.kind,
    reporting.area_no,
    reporting.valid_from,
    reporting.valid_to,
    made_of.area_names as continues_names,
    if(
        reporting.valid_from > begun.data_from and made_of.area_names is null,
        reporting.valid_from,
        null
    ) as series_from,
    enumerated(became.names) as successor_name,
    enumerated(became.names_within_sentence) as successor_name_within_sentence,
    became.codes as successor_code,
    len(became.names) as successors,
    became.succeeded_on,
    became.is_exact as is_successor_exact,
    tile.map_column,
    tile.map_row,
from raw.reporting_area as reporting
inner join raw.plan as plan using (plan_key)
inner join raw.area as area
    on reporting.area_id = area.area_id
inner join begun using (plan_key)
left join core.made_of_name as made_of
    on reporting.plan_key = made_of.plan_key
    and reporting.area_id = made_of.area_id
left join became
    on reporting.plan_key = became.plan_key
    and area.area_id = became.area_id
left join raw.area_tile as tile
    on area.area_id = tile.area_id
