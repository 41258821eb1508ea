-- One row per plan and indicator that adds up what was reported, as a number or
-- as a part of a stock, of the plan's whole area, whose target is not due yet:
-- what it comes to by the due period if each base period that is left goes as the
-- weakest of the year so far did, or as the strongest. A part of a stock ends at
-- all of it. It stands on closed periods only. A projection, never a verdict.
with

added_up as (

    select
        indicator.indicator_key,
        indicator.comparator,
        bool_and(measure.sums_over = 'plan')
            filter (where part.role = 'numerator') as is_of_plan,
        -- what may never exceed the stock that it is a part of
        if(
            bool_and(bound.indicator_key is not null)
                filter (where part.role = 'numerator'),
            any_value(indicator.factor),
            null
        ) as ceiling,
    from raw.indicator as indicator
    inner join raw.indicator_part as part
        on indicator.indicator_key = part.indicator_key
    inner join raw.measure as measure
        on part.measure_key = measure.measure_key
    left join raw.indicator_part as bound
        on part.indicator_key = bound.indicator_key
        and bound.role = 'denominator'
        and measure.at_most_key = bound.measure_key
    where
        indicator.is_shown
        and indicator.value_kind in ('count', 'ratio')
        and indicator.scope in ('all', 'whole', 'table')
    group by indicator.indicator_key, indicator.comparator
    having
        bool_and(if(
            part.role = 'numerator',
            measure.over_time = 'sum',
            measure.over_time = 'last'
        ))

),

closed as (

    select
        added_up.*,
        attainment.period_key,
        period.data_to,
        if(added_up.is_of_plan, 0, period.year) as span,
        attainment.value,
    from added_up
    inner join core.attainment as attainment
        on added_up.indicator_key = attainment.indicator_key
        and attainment.area_id is null
    inner join raw.period as period
        on attainment.period_key = period.period_key
    inner join core.period_state as state
        on attainment.period_key = state.period_key
    where
        period.is_base
        and state.is_closed
        and attainment.value is not null

),

step as (

    select
        *,
        value - lag(value, 1, 0) over in_span as added,
        row_number() over (
            partition by indicator_key order by data_to desc
        ) = 1 as is_latest,
    from closed
    window in_span as (partition by indicator_key, span order by data_to)

),

pace as (

    select
        latest.indicator_key,
        latest.period_key,
        latest.comparator,
        latest.ceiling,
        any_value(latest.value) as value,
        count(*)::integer as steps_gone,
        min(step.added) as weakest,
        max(step.added) as strongest,
    from step as latest
    inner join step
        on latest.indicator_key = step.indicator_key
        and latest.span = step.span
    where latest.is_latest
    group by all

),

projection as (

    select
        pace.indicator_key,
        pace.period_key,
        target.due_key,
        target.target_value,
        target.target_to,
        pace.steps_gone,
        (target.shares - target.share)::integer as steps_left,
        least(pace.value + steps_left * pace.weakest, pace.ceiling)::decimal(28, 6)
            as value_low,
        least(pace.value + steps_left * pace.strongest, pace.ceiling)::decimal(28, 6)
            as value_high,
        case
            when
                fulfils(
                    value_low, pace.comparator, target.target_value, target.target_to
                )
                and fulfils(
                    value_high, pace.comparator, target.target_value,
                    target.target_to
                )
                then 'reached'
            when
                (
                    pace.comparator in ('>=', '>')
                    and not fulfils(value_high, pace.comparator, target.target_value)
                )
                or (
                    is_ceiling(pace.comparator)
                    and not fulfils(value_low, pace.comparator, target.target_value)
                )
                then 'missed'
            else 'open'
        end as outlook,
    from pace
    inner join core.target_in_period as target
        on pace.indicator_key = target.indicator_key
        and pace.period_key = target.period_key
        and target.area_id is null
        and target.group_no is null
    where not target.is_due and steps_left > 0

)

select
    period.plan_id,
    indicator.indicator_code,
    period.period,
    due.period as due_period,
    projection.steps_gone,
    projection.steps_left,
    least(projection.value_low, projection.value_high) as value_low,
    greatest(projection.value_low, projection.value_high) as value_high,
    projection.target_value,
    projection.target_to,
    projection.outlook,
    guarded.indicator_key is not null as is_guarded,
    coalesce(disclosure.is_whole_disclosive, false) as is_disclosive,
from projection
inner join raw.indicator as indicator
    on projection.indicator_key = indicator.indicator_key
inner join raw.period as period
    on projection.period_key = period.period_key
inner join raw.period as due
    on projection.due_key = due.period_key
left join core.guarded_indicator as guarded
    on projection.indicator_key = guarded.indicator_key
left join core.indicator_disclosure as disclosure
    on projection.indicator_key = disclosure.indicator_key
    and period.year = disclosure.year
