-- One row per figure of a text file that is left blank beside a note that says a number or that
-- nothing arose. What a form says in its notes is looked at where it is seen.
select
    'only_noted' as code,
    judged.row_no, judged.sheet, judged.cell, judged.line, measure.measure_name,
    trim(judged.note) as seen
from intake.judged as judged
join intake.measure as measure using (measure_key)
where
    judged.state = 'blank' and judged.line is not null
    and (notes_nil(judged.note) or notes_number(judged.note, coalesce(measure.unit_of_measure, '')))
