-- One row per doubt: which rule found it, where, and the two figures that
-- disagree where there are two. submission_no is the submission that it is
-- about; null where the figure is added up from several. Of some the cell or
-- line is known from intake.
with

by_figure as (

    select 'covering_period_disagrees' as rule, *
    from core.finding_half_year
    union all by name
    select 'may_hold_predecessors' as rule, *
    from core.finding_predecessors
    union all by name
    select 'above_bound' as rule, *
    from core.finding_above_bound
    union all by name
    select 'parts_do_not_add_up' as rule, *
    from core.finding_parts
    union all by name
    select 'numerator_without_denominator' as rule, *
    from core.finding_without_denominator
    union all by name
    select 'jump' as rule, *
    from core.finding_jump
    union all by name
    select 'version_before_changed' as rule, *
    from core.finding_handed_before

),

doubt_of_figure as (

    select
        definition.plan_key,
        by_figure.rule,
        by_figure.period_key,
        place.unit_key,
        place.area_id,
        definition.measure,
        definition.measure_name,
        by_figure.submission_no,
        by_figure.value,
        by_figure.compared_with,
        definition.is_guarded as is_sensitive,
    from by_figure
    inner join raw.measure as definition using (measure_key)
    inner join raw.measure_place as place using (measure_key, place_key)

),

of_left_measure as (

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

left_out_by_correction as (

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
    left join raw.measure as definition using (plan_key, measure)

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
    inner join raw.period as period using (period_key)
    inner join raw.unit as unit using (unit_key)

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
    left join raw.measure as definition using (plan_key, measure)

)

select * from doubt_of_figure
union all by name
select * from of_left_measure
union all by name
select * from left_out_by_correction
union all by name
select * from doubt_of_submission
union all by name
select * from doubt_at_intake
