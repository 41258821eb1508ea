-- One row per row of marts.report_text that is for the audience.
select
    stored.plan_id,
    stored.period,
    stored.version,
    stored.is_latest,
    stored.row_no,
    stored.head,
    stored.text_no,
    stored.text,
from marts.report_text as stored
inner join audience
    on stored.audience = audience.name
