-- One row per reading that is accepted, as the ledger keeps it. Control characters and those that
-- turn text round are accepted out of notes: no document that a note goes into may hold them.
select
    accepted.submission_no, measure.measure, judged.area_id, judged.state, judged."value",
    if(
        judged.note = '', null,
        nullif(
            regexp_replace(
                judged.note,
                '[\x00-\x08\x0B\x0C\x0E-\x1F\x7F\x{202A}-\x{202E}\x{2066}-\x{2069}]+', ' ', 'g'
            ), ''
        )
    ) as note,
    judged.sheet, judged.cell, judged.line
from intake.judged as judged
join intake.accepted as accepted using (claim_no)
join intake.measure as measure using (measure_key)
