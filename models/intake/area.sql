-- One row per plan and area that it covers at any time.
select
    reporting_area.plan_key, area.area_id, area.code, area.name, area.valid_from, area.valid_to
from raw.reporting_area as reporting_area
join raw.area as area using (area_id)
order by reporting_area.plan_key, reporting_area.area_no
