-- One row per plan, ward and period: how its indicators stand.
-- Key: plan_id, period, area_id
-- Never null: plan_id, period, area_id, indicators, each status, lacking
select
    * exclude (area_code, area_name, area_no, silent_in, attention, attention_rank, attention_no)
from marts.status_by_place
where area_id is not null and period is not null
