-- One row per figure above zero beside which a note says that nothing arose, and nothing else.
select
    'nil_beside_figure' as code,
    judged.row_no, judged.sheet, judged.cell, judged.line, measure.measure_name,
    plain(judged."value") as "value", trim(judged.note) as seen
from intake.judged as judged
join intake.measure as measure using (measure_key)
where judged.value > 0 and notes_nil(judged.note) and measure.kind <> 'yes_no'
