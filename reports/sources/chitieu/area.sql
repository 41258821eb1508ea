-- One row per plan and reporting area. Codes are used again by other areas
-- over the years, so the address of a page takes the key as well where a
-- plan has the same code twice. The schematic map has a tile for every area
-- or is not drawn: without one of them there are none.
-- Key: plan_id, area_id
-- Never null: plan_id, area_id, area_code, area_slug, area_name, area_no
select
    plan_id,
    area_id,
    area_code,
    if(
        count(*) over (partition by plan_id, area_code) = 1,
        area_code,
        area_code || '-' || area_id
    ) as area_slug,
    area_name,
    area_no,
    marts.day_text(valid_from) as valid_from,
    marts.day_text(valid_to) as valid_to,
    successor_name,
    successor_code,
    marts.day_text(succeeded_on) as succeeded_on,
    is_successor_exact,
    if(
        count(map_column) over (partition by plan_id)
        = count(*) over (partition by plan_id),
        map_column,
        null
    )::integer as map_column,
    if(
        count(map_column) over (partition by plan_id)
        = count(*) over (partition by plan_id),
        map_row,
        null
    )::integer as map_row
from marts.area
