-- One row per reading of a submission that a published version stands on, as
-- it was sent, whether or not it still counts. Where it is withheld, state,
-- value and cell are.
-- Key: plan_id, submission_no, measure, area_id
-- Never null: plan_id, submission_no, measure, is_blank, is_hidden
select
    reading.plan_id,
    reading.submission_no,
    reading.measure,
    reading.area_id,
    reading.state,
    reading.value::double as value,
    reading.is_blank,
    reading.sheet,
    reading.cell,
    reading.line,
    reading.is_withheld as is_hidden
from marts.reading as reading
semi join marts.report_submission as stood_on using (plan_id, submission_no)
