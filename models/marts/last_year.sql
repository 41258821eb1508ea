-- One row per plan, indicator or measure (section) and period for which there
-- is the same one in the year before, in this plan or in one that it
-- continues: where it stands in the marts.
select
    before.plan_id,
    item.section,
    item.code,
    before.period,
    before.last_year_plan_id,
    item.earlier_code as last_year_code,
    before.last_year_period,
    before.last_year_period_name,
from core.period_before as before
inner join core.item_before as item
    on before.plan_key = item.plan_key
    and before.last_year_plan_key = item.earlier_plan_key
