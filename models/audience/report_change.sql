-- One row per row of marts.report_change that is for the audience, numbered
-- among these: among those of both audiences, how many figures that everybody
-- may not see have changed would tell by the numbers.
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
from marts.report_change as stored
inner join audience
    on stored.audience = audience.name
