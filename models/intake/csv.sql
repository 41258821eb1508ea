-- A long text file as it was loaded.
-- Each model is headed `-- name: what a row is`.

-- csv_claim: plan, unit and period as a text file writes them, with the row where they first
-- stand.
select plan, unit, period, min(rowid) as row_no
from intake.csv_reading
group by plan, unit, period;

-- csv_area: area as a text file writes it, with the row where it first stands.
select area, min(rowid) as row_no
from intake.csv_reading
group by area;

-- csv_measure: measure as a text file writes it.
select distinct measure
from intake.csv_reading;

-- csv_spaces: one row: whether any code of a text file has spaces around it.
select
    coalesce((
        select bool_or(plan <> trim(plan) or unit <> trim(unit) or period <> trim(period))
        from intake.csv_claim
    ), false)
    or coalesce((select bool_or(area <> trim(area)) from intake.csv_area), false)
    or coalesce((
        select bool_or(measure <> trim(measure)) from intake.csv_measure
    ), false) as has_spaces;

-- csv_count: one row: how many rows a text file has, and whether any of them names no plan, unit
-- and period, so that there may be some without any text.
select
    (select count(*) from intake.csv_reading) as row_count,
    exists (
        select 1 from intake.csv_claim
        where plan = '' and unit = '' and period = ''
    ) as may_be_empty;

-- csv_empty: one row: how many rows of a text file say nothing. A filter stops at the first
-- column with text, which a counted condition does not.
select count(*) as empty_count
from intake.csv_reading
where not (has_text(plan, unit, period, measure, area, "value", note));

-- csv_reject: line of a text file that could not be read, with how many there are in all.
select
    line, any_value(error_type) as error_type, min(column_idx) as column_idx,
    bool_and(regexp_full_match(csv_line, '[,;"\s]*')) as is_empty,
    sum(count(*)) over () as total
from reject_errors
group by line
order by line;

-- raw_submission_of_csv: plan, unit and period of a text file. That of rows without any text is
-- none.
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
group by plan, unit, period;

-- raw_reading_of_csv: reading of a text file. Its line is that of `csv_line`, or follows
-- `lines_before_readings`; null where neither is known. Rows without any text are looked for only
-- where there are `empty_rows`.
select
    reading.rowid as row_no, reading.plan, reading.unit, reading.period, reading.area,
    reading.measure, reading."value", false as is_exact, reading.note,
    null::varchar as sheet, null::varchar as cell,
    coalesce(
        counted.line, reading.rowid + getvariable('lines_before_readings') + 1
    ) as line,
    false as is_partial,
    false as is_withheld,
    null::varchar as parts
from intake.csv_reading as reading
left join intake.csv_line as counted on reading.rowid = counted.row_no
where
    getvariable('empty_rows') = 0
    or has_text(plan, unit, period, measure, area, "value", note);

-- csv_report: report of a text file, as `reportKey` writes it, with a digest of what it says.
select
    json_array(plan, unit, period)::varchar as report,
    md5(string_agg(said, ',' order by said)) as said
from (
    select
        plan, unit, period,
        json_array(area, measure, regexp_replace(trim("value"), '\.0+$', ''))::varchar as said
    from intake.raw_reading
    where "value" <> '' and plan is not null
)
group by plan, unit, period;

-- claim_left: claim of a text file that was judged in a process of its own, without the keys that
-- rows have there alone.
select * exclude (plan_key, period_key, unit_key)
from intake.claim;

-- judged_left: the same of its readings: with the code of the measure.
select
    judged.claim_no, measure.measure, judged.area_id, judged.state, judged."value", judged.note,
    judged.sheet, judged.cell, judged.line, judged.is_partial, judged.is_withheld, judged.parts
from intake.judged as judged
join intake.measure as measure using (measure_key);

-- plan_left: plan that such a text file names.
select distinct plan
from intake.claim_left;

-- claim_taken: claim of such a text file, with the keys of this process.
select claim_left.*, plan.plan_key
from intake.claim_left as claim_left
left join raw.plan as plan on claim_left.plan = plan.plan_id;

-- judged_taken: the same of its readings.
select judged_left.* exclude (measure), measure.measure_key
from intake.judged_left as judged_left
join intake.claim as claim using (claim_no)
join intake.measure as measure
    on claim.plan_key = measure.plan_key and judged_left.measure = measure.measure;
