-- One row per row of marts.report_change that is for the audience.
select
    stored.plan_id,
    stored.period,
    stored.version,
    stored.is_latest,
    stored.row_no,
    stored.section,
    stored.code,
    stored.item_no,
    stored.name,
    stored.area_id,
    stored.area_name,
    stored.area_no,
    stored.field,
    stored.old_value,
    stored.new_value,
    stored.is_withheld,
from marts.report_change as stored
inner join audience
    on stored.audience = audience.name
