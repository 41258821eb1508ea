-- One row per reading that is accepted, as the ledger keeps it.
select
    accepted.submission_no, measure.measure, judged.area_id, judged.state, judged."value",
    kept_text(judged.note) as note,
    judged.sheet, judged.cell, judged.line
from intake.judged as judged
join intake.accepted as accepted using (claim_no)
join intake.measure as measure using (measure_key)
