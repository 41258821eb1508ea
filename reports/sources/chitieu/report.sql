-- One row per published version of a report: what stands at its head and is
-- recorded of it, as it was published, and how many indicators of the plan's
-- whole area stand how.
-- Key: plan_id, period, version
-- Never null: plan_id, period, version, slug, latest_version, class, reason,
-- is_final, as_of, published_at, published_sort, published_on,
-- software_version, plan_sha256, inputs_sha256, models_sha256, lines_sha256,
-- sha256, is_signed, plan_number, plan_title, issued_on, source, area_noun,
-- reporting_area_noun, document_agency, is_demonstration, period_name,
-- data_from, data_to, last_day, is_estimate, units_expected, units_reported,
-- indicators, each published status
select
    report.plan_id,
    report.period,
    report.version,
    'v' || report.version as slug,
    report.latest_version,

    -- the version
    report.class,
    report.reason,
    report.is_final,
    marts.moment_text(report.as_of) as as_of,
    marts.moment_text(report.published_at) as published_at,
    -- as versions are ordered by it
    report.published_at as published_sort,
    marts.day_text(report.published_at::timestamp) as published_on,
    report.software_version,
    report.plan_sha256,
    report.inputs_sha256,
    report.models_sha256,
    report.lines_sha256,
    report.sha256,
    report.check_code,
    report.signed_by is not null as is_signed,

    -- the plan
    report.plan_number,
    report.plan_title,
    marts.day_text(report.issued_on) as issued_on,
    report.source,
    report.area_noun,
    coalesce(report.reporting_area_noun, 'địa bàn') as reporting_area_noun,
    report.document_superior,
    report.document_agency,
    report.is_demonstration,
    (select any_value(plan.audience) from marts.plan as plan) as audience,

    -- the period
    report.period_name,
    marts.day_text(report.data_from) as data_from,
    marts.day_text(report.data_to) as data_to,
    marts.day_text(report.due_before - 1) as last_day,
    report.is_estimate,
    report.previous_period_name,
    report.last_year_period_name,
    report.previous_changed_version,
    report.last_year_changed_version,

    -- coverage
    report.units_expected,
    report.units_reported,

    -- standing
    coalesce(tally.indicators, 0) as indicators,
    coalesce(
        columns(lambda name: list_contains(marts.published_statuses(), name)), 0
    ),

    -- the page as it was published, which is in the place of one from these rows
    file.page_file,
    -- the files that most people want
    file.word_file,
    file.excel_file,
    file.csv_file,
    summary.text as summary
from marts.report as report
left join (
    from marts.report_text
    where head = 'summary'
) as summary using (plan_id, period, version)
left join (
    from marts.report_tally
    where area_id is null
) as tally using (plan_id, period, version)
left join (
    select
        plan_id,
        period,
        version,
        max(if(format = 'html', name, null)) as page_file,
        max(if(format = 'docx', name, null)) as word_file,
        max(if(format = 'xlsx', name, null)) as excel_file,
        max(if(ends_with(name, '_dai.csv'), name, null)) as csv_file
    from marts.report_file
    where reader <> 'superior'
    group by plan_id, period, version
) as file using (plan_id, period, version)
