-- Grain: as the mart, for the audience. Numbered within the audience: common
-- numbers would reveal how many withheld figures changed.
select
    stored.plan_id,
    stored.period,
    stored.version,
    stored.is_latest,
    row_number() over (
        partition by stored.plan_id, stored.period, stored.version
        order by stored.row_no
    )::integer as row_no,
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
    stored.causes,
from marts.report_change as stored
inner join audience
    on stored.audience = audience.name
