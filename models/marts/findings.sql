-- One row per doubt about a figure: which rule found it, where, how badly,
-- and the two figures that disagree where there are two. A doubt leaves the
-- figure in and stays visible until it is corrected.
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
        null::integer as area_id,
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

doubt_at_intake as (

    select
        submission.plan_key,
        problem.code as rule,
        submission.period_key,
        submission.unit_key,
        null::integer as area_id,
        null::varchar as measure,
        null::varchar as measure_name,
        submission.submission_no,
        null::decimal(18, 4) as value,
        null::decimal(18, 4) as compared_with,
        true as is_sensitive,
        problem.found,
        problem.sheet,
        problem.cell,
        problem.line,
    from ledger.main.problem as problem
    inner join core.submission_current as submission
        on problem.receipt_no = submission.receipt_no
    where problem.severity = 'doubt'

),

doubt as (

    select * from doubt_of_figure
    union all by name
    select * from orphan
    union all by name
    select * from left_out
    union all by name
    select * from doubt_at_intake

)

select
    plan.plan_id,
    doubt.rule,
    'doubt' as severity,
    period.period,
    doubt.measure,
    doubt.measure_name,
    unit.unit_id,
    unit.unit_name,
    doubt.area_id,
    area.name as area_name,
    doubt.value::decimal(18, 4) as value,
    doubt.compared_with::decimal(18, 4) as compared_with,
    doubt.is_sensitive,
    doubt.submission_no,
    doubt.found,
    doubt.sheet,
    doubt.cell,
    doubt.line,
    getvariable('as_of') as as_of,
from doubt
inner join raw.plan as plan
    on doubt.plan_key = plan.plan_key
inner join raw.period as period
    on doubt.period_key = period.period_key
inner join raw.unit as unit
    on doubt.unit_key = unit.unit_key
left join raw.area as area
    on doubt.area_id = area.area_id
