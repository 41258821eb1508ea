-- One row per row of marts.report_doubt for the audience, whose figures were withheld
-- when they were published; the digest that a doubt is known by would tell
-- them.
select
    stored.plan_id,
    stored.period,
    stored.version,
    stored.is_latest,
    stored.row_no,
    if(stored.is_withheld, null, stored.finding_id) as finding_id,
    stored.rule,
    stored.doubt_period,
    stored.measure,
    stored.measure_name,
    stored.unit_name,
    stored.area_name,
    stored.value,
    stored.compared_with,
    stored.found,
    stored.sheet,
    stored.cell,
    stored.line,
    stored.is_acknowledged,
    stored.acknowledged_reason,
    stored.is_withheld,
from marts.report_doubt as stored
inner join audience
    on stored.audience = audience.name
