-- One row per error or doubt that is found: by which rule, where, how badly, and
-- the two figures that disagree where there are two. An error is a file that
-- was refused, or a report that was sent back, and not sent again. A doubt
-- leaves the figure in; it is gone once it is corrected.
-- finding_id is a digest of what the finding says and of the file that it is
-- about: the same doubt about another file is a new doubt.
with

-- the cell or line of the figure that a doubt is about
reading_place as (

    select
        figure.submission_no,
        figure.measure,
        figure.area_id,
        any_value(reading.sheet) as sheet,
        any_value(reading.cell) as cell,
        any_value(reading.line) as line,
    from (
        select distinct
            submission_no,
            measure,
            area_id,
        from core.doubt
    ) as figure
    inner join ledger.main.reading as reading
        on figure.submission_no = reading.submission_no
        and figure.measure = reading.measure
        and figure.area_id is not distinct from reading.area_id
    group by figure.submission_no, figure.measure, figure.area_id

),

finding as (

    select
        doubt.* exclude (sheet, cell, line),
        coalesce(doubt.sheet, place.sheet) as sheet,
        coalesce(doubt.cell, place.cell) as cell,
        coalesce(doubt.line, place.line) as line,
        'doubt' as severity,
        submission.sha256,
        submission.file_name,
        submission.received_at,
    from core.doubt as doubt
    -- a figure that is added up from shorter periods has no file of its own
    left join staging.submission as submission using (submission_no)
    left join reading_place as place
        on doubt.submission_no = place.submission_no
        and doubt.measure = place.measure
        and doubt.area_id is not distinct from place.area_id

    union all by name

    select
        'refused_not_resent' as rule,
        'error' as severity,
        plan_key,
        period_key,
        unit_key,
        area_id,
        sha256,
        file_name,
        received_at,
        false as is_sensitive,
    from core.finding_refused

    union all by name

    select
        'sent_back_not_resent' as rule,
        'error' as severity,
        *,
        false as is_sensitive,
    from core.finding_sent_back

),

described as (

    select
        finding.plan_key,
        finding.period_key,
        finding.unit_key,
        period.plan_id,
        finding.rule,
        finding.severity,
        period.period,
        period.period_name,
        finding.measure,
        finding.measure_name,
        unit.unit_id,
        unit.unit_name,
        finding.area_id,
        coalesce(reporting.area_name, area.name) as area_name,
        finding.value::decimal(18, 4) as value,
        finding.compared_with::decimal(18, 4) as compared_with,
        finding.is_sensitive,
        finding.submission_no,
        finding.sha256,
        finding.file_name,
        office_time(finding.received_at) as received_at,
        finding.found,
        finding.sheet,
        finding.cell,
        finding.line,
    from finding
    inner join raw.period as period using (period_key)
    inner join raw.unit as unit using (unit_key)
    left join raw.area as area
        on finding.area_id = area.area_id
    left join raw.reporting_area as reporting
        on finding.plan_key = reporting.plan_key
        and finding.area_id = reporting.area_id

)

select
    md5(
        json_array(
            plan_id, rule, period, unit_id, area_id, measure, sha256,
            value::varchar, compared_with::varchar, found, sheet, cell, line
        )::varchar
    ) as finding_id,
    *,
from described
-- what says the same of the same is one doubt
qualify row_number() over (
    partition by finding_id
    order by submission_no
) = 1
