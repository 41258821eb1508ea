-- One row per doubt that a file gave rise to when it was taken in, with the
-- figure that it is about, while the submission with that figure counts. A
-- doubt about a whole report stands there, and at no measure; one about a whole
-- file at the first of its submissions that counts.
with

doubt as (

    select
        problem.receipt_no,
        problem.problem_no,
        problem.code,
        problem.found,
        problem.sheet,
        problem.cell,
        problem.line,
        problem.submission_no as about_no,
    from ledger.main.problem as problem
    where problem.severity = 'doubt'

),

figure as (

    select
        doubt.receipt_no,
        doubt.problem_no,
        reading.submission_no,
        reading.measure,
        reading.area_id,
    from doubt
    inner join ledger.main.submission as submission using (receipt_no)
    inner join ledger.main.reading as reading
        on submission.submission_no = reading.submission_no
        and doubt.sheet is not distinct from reading.sheet
        and doubt.cell is not distinct from reading.cell
        and doubt.line is not distinct from reading.line
        and submission.submission_no
        = coalesce(doubt.about_no, submission.submission_no)
    where doubt.cell is not null or doubt.line is not null

),

no_figure as (

    select
        doubt.receipt_no,
        doubt.problem_no,
        coalesce(
            any_value(doubt.about_no),
            min(current.submission_no)
        ) as submission_no,
    from doubt
    anti join figure using (receipt_no, problem_no)
    inner join core.submission_current as current using (receipt_no)
    group by doubt.receipt_no, doubt.problem_no

),

placed as (

    select * from figure
    union all by name
    select * from no_figure

)

select
    placed.submission_no,
    current.plan_key,
    current.unit_key,
    current.period_key,
    if(is_about_report(doubt.code), null, placed.measure) as measure,
    if(is_about_report(doubt.code), null, placed.area_id) as area_id,
    doubt.code,
    doubt.found,
    doubt.sheet,
    doubt.cell,
    doubt.line,
from placed
inner join doubt using (receipt_no, problem_no)
inner join core.submission_current as current using (submission_no)
