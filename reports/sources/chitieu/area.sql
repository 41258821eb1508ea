-- One row per plan and reporting area. Codes are used again by other areas
-- over the years, so the address of a page takes the key as well where a
-- plan has the same code twice. The schematic map has a tile for every area
-- or is not drawn: without one of them there are none.
-- Key: plan_id, area_id
-- Never null: plan_id, area_id, area_code, area_slug, area_name,
-- area_name_within_sentence, area_no, is_there
select
    area.plan_id,
    area_id,
    area_code,
    if(
        count(*) over (partition by area.plan_id, area_code) = 1,
        area_code,
        area_code || '-' || area_id
    ) as area_slug,
    area_name,
    area_name_within_sentence,
    area_no,
    -- at the period that is looked at first
    coalesce(area.valid_from <= period.data_to, true)
    and coalesce(period.data_to <= area.valid_to, true) as is_there,
    marts.day_text(valid_from) as valid_from,
    marts.day_text(valid_to) as valid_to,
    continues_names,
    marts.day_text(series_from) as series_from,
    -- the first regular period of a series that begins inside the plan
    (
        select arg_min(first.period, first.data_to)
        from marts.period as first
        where
            first.plan_id = area.plan_id
            and first.is_base
            and first.data_to >= area.series_from
    ) as series_from_period,
    successor_name,
    successor_name_within_sentence,
    successor_code,
    successors,
    marts.day_text(succeeded_on) as succeeded_on,
    is_successor_exact,
    if(
        count(map_column) over (partition by area.plan_id)
        = count(*) over (partition by area.plan_id),
        map_column,
        null
    )::integer as map_column,
    if(
        count(map_column) over (partition by area.plan_id)
        = count(*) over (partition by area.plan_id),
        map_row,
        null
    )::integer as map_row
from marts.area as area
left join marts.period as period
    on area.plan_id = period.plan_id
    and period.is_latest
