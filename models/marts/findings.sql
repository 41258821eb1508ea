-- One row per open error or doubt: which rule found it, where, how badly, and
-- the two figures that disagree where there are two. An error is a file that
-- was refused and not sent again. A doubt leaves the figure in; it is gone
-- once it is corrected, and stays with a reason where it is acknowledged.
-- finding_id is a digest of what the finding says and of the file that it is
-- about: the same doubt about another file is a new doubt.
with

measured as (

    select 'covering_period_disagrees' as rule, *
    from core.finding_half_year
    union all by name
    select 'above_bound' as rule, *
    from core.finding_above_bound
    union all by name
    select 'parts_do_not_add_up' as rule, *
    from core.finding_parts
    union all by name
    select 'abolished_area_not_counted' as rule, *
    from core.finding_abolished
    union all by name
    select 'jump' as rule, *
    from core.finding_jump

),

doubt_of_figure as (

    select
        definition.plan_key,
        measured.rule,
        measured.period_key,
        place.unit_key,
        place.area_id,
        definition.measure,
        definition.measure_name,
        measured.submission_no,
        measured.value,
        measured.compared_with,
        definition.is_guarded as is_sensitive,
    from measured
    inner join raw.measure as definition
        on measured.measure_key = definition.measure_key
    inner join raw.measure_place as place
        on measured.measure_key = place.measure_key
        and measured.place_key = place.place_key

),

orphan as (

    select
        plan_key,
        'measure_left_the_plan' as rule,
        period_key,
        unit_key,
        area_id,
        measure,
        measure as measure_name,
        submission_no,
        value,
        null::decimal(18, 4) as compared_with,
        true as is_sensitive,
    from core.finding_orphan

),

left_out as (

    select
        doubt.plan_key,
        'correction_leaves_out' as rule,
        doubt.period_key,
        doubt.unit_key,
        doubt.area_id,
        doubt.measure,
        coalesce(definition.measure_name, doubt.measure) as measure_name,
        doubt.submission_no,
        null::decimal(18, 4) as value,
        doubt.compared_with,
        coalesce(definition.is_guarded, true) as is_sensitive,
    from core.finding_left_out as doubt
    left join raw.measure as definition
        on doubt.plan_key = definition.plan_key
        and doubt.measure = definition.measure

),

doubt_of_submission as (

    select
        reported.rule,
        period.plan_key,
        reported.period_key,
        reported.unit_key,
        unit.area_id,
        reported.submission_no,
        false as is_sensitive,
    from (
        select 'cumulative_figures' as rule, *
        from core.finding_cumulative
        union all by name
        select 'same_as_before' as rule, *
        from core.finding_same_again
    ) as reported
    inner join raw.period as period
        on reported.period_key = period.period_key
    inner join raw.unit as unit
        on reported.unit_key = unit.unit_key

),

doubt_at_intake as (

    select
        doubt.plan_key,
        doubt.code as rule,
        doubt.period_key,
        doubt.unit_key,
        doubt.area_id,
        doubt.measure,
        definition.measure_name,
        doubt.submission_no,
        null::decimal(18, 4) as value,
        null::decimal(18, 4) as compared_with,
        true as is_sensitive,
        doubt.found,
        doubt.sheet,
        doubt.cell,
        doubt.line,
    from core.finding_at_intake as doubt
    left join raw.measure as definition
        on doubt.plan_key = definition.plan_key
        and doubt.measure = definition.measure

),

doubt as (

    select * from doubt_of_figure
    union all by name
    select * from orphan
    union all by name
    select * from left_out
    union all by name
    select * from doubt_of_submission
    union all by name
    select * from doubt_at_intake

),

-- the cell or line of the figure that a doubt is about
place as (

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
        from doubt
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
    from doubt
    -- a figure that is added up from shorter periods has no file of its own
    left join staging.submission as submission
        on doubt.submission_no = submission.submission_no
    left join place
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

),

described as (

    select
        plan.plan_id,
        finding.rule,
        finding.severity,
        period.period,
        period.period_name,
        finding.measure,
        finding.measure_name,
        unit.unit_id,
        unit.unit_name,
        finding.area_id,
        area.name as area_name,
        finding.value::decimal(18, 4) as value,
        finding.compared_with::decimal(18, 4) as compared_with,
        finding.is_sensitive,
        finding.submission_no,
        finding.sha256,
        finding.file_name,
        strftime(
            finding.received_at at time zone 'Asia/Ho_Chi_Minh',
            '%Y-%m-%d %H:%M:%S'
        ) as received_at,
        finding.found,
        finding.sheet,
        finding.cell,
        finding.line,
    from finding
    inner join raw.plan as plan
        on finding.plan_key = plan.plan_key
    inner join raw.period as period
        on finding.period_key = period.period_key
    inner join raw.unit as unit
        on finding.unit_key = unit.unit_key
    left join raw.area as area
        on finding.area_id = area.area_id

),

identified as (

    select
        md5(
            json_array(
                plan_id, rule, period, unit_id, area_id, measure, sha256,
                value::varchar, compared_with::varchar, found, sheet, cell, line
            )::varchar
        ) as finding_id,
        *,
    from described

),

acknowledged as (

    select
        finding_id,
        arg_max(reason, acknowledgement_no) as reason,
        strftime(
            max(recorded_at) at time zone 'Asia/Ho_Chi_Minh',
            '%Y-%m-%d %H:%M:%S'
        ) as acknowledged_at,
    from ledger.main.acknowledgement
    where recorded_at <= getvariable('as_of')
    group by finding_id

)

select
    identified.*,
    acknowledged.finding_id is not null as is_acknowledged,
    acknowledged.reason as acknowledged_reason,
    acknowledged.acknowledged_at,
    getvariable('as_of') as as_of,
from identified
left join acknowledged
    on identified.finding_id = acknowledged.finding_id
