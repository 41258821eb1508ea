-- One row per plan, unit and period of a text file. That of rows without any text is none.
select
    row_no, plan, unit, period, false as is_nil_return,
    null::varchar as form_version, null::varchar as difficulties, null::varchar as proposals,
    null::varchar as sheet, null::varchar as cell
from intake.csv_claim
where getvariable('empty_rows') = 0
union all
select
    min(row_no), plan, unit, period, false,
    null::varchar, null::varchar, null::varchar, null::varchar, null::varchar
from intake.raw_reading
where getvariable('empty_rows') > 0
group by plan, unit, period
