-- One row per plan and area that is exactly made of areas of the plan: their
-- names, of all of them and of those that it is made of at once.
select
    earlier.plan_key,
    succession.successor_id as area_id,
    string_agg(
        earlier.area_name_within_sentence, ', ' order by earlier.area_no
    ) as area_names,
    string_agg(
        earlier.area_name_within_sentence, ', ' order by earlier.area_no
    ) filter (where succession.steps = 1) as area_names_at_once,
from core.exact_succession as succession
inner join raw.reporting_area as earlier using (plan_key, area_id)
group by earlier.plan_key, succession.successor_id
