-- One row per text of a file that may hold data of a person, where it first stands.
select texts.said, texts.is_note, reading.line
from (
    select note as said, true as is_note, min(row_no) as row_no
    from intake.raw_reading
    where may_be_personal(note)
    group by note
    union all
    select "value", false, min(row_no)
    from intake.raw_reading
    where may_be_personal("value")
    group by "value"
    union all
    select area, false, row_no
    from intake.csv_area
    where may_be_personal(area)
    union all
    select unit, false, min(row_no)
    from intake.csv_claim
    where may_be_personal(unit)
    group by unit
) as texts
join intake.raw_reading as reading using (row_no)
order by row_no
