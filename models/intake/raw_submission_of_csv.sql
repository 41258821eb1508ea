-- One row per plan, unit and period of a text file.
select
    min(row_no) as row_no, plan, unit, period, false as is_nil_return,
    null::varchar as form_version, null::varchar as difficulties, null::varchar as proposals,
    null::varchar as sheet, null::varchar as cell
from intake.raw_reading
group by plan, unit, period
