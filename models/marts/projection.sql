-- One row per plan and indicator that adds up what was reported, as a number or
-- as a part of a stock, of the plan's whole area, whose target is not due yet:
-- what it comes to by the due period if each base period that is left goes as the
-- weakest of the year so far did, or as the strongest. A part of a stock ends at
-- all of it; a sum that begins anew each year begins at nothing in the year in
-- which it is due. It is based on closed periods only, and on none in which a place
-- was silent. A projection, never a verdict.
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
    inner join raw.indicator_part as part using (indicator_key)
    inner join raw.measure as measure using (measure_key)
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
        period.year,
        if(added_up.is_of_plan, 0, period.year) as span,
        attainment.value,
        attainment.areas_reported = attainment.areas_expected
        and attainment.areas_left_out = 0
        and attainment.periods_missing_before = 0 as is_complete,
    from added_up
    inner join core.attainment as attainment
        on added_up.indicator_key = attainment.indicator_key
        and attainment.area_id is null
    inner join raw.period as period using (period_key)
    inner join core.period_state as state using (period_key)
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
        latest.is_of_plan,
        latest.year,
        any_value(latest.value) as value,
        count(*)::integer as steps_gone,
        min(step.added) as weakest,
        max(step.added) as strongest,
    from step as latest
    inner join step using (indicator_key, span)
    where
        latest.is_latest
        and latest.is_complete
    group by all

),

-- base periods of the year in which a target is due, up to then
due_step as (

    select
        target.indicator_key,
        target.due_key,
        due.year,
        count(*)::integer as steps,
    from core.target_in_period as target
    inner join raw.period as due
        on target.due_key = due.period_key
    inner join raw.period as period
        on target.period_key = period.period_key
        and due.year = period.year
        and due.data_to >= period.data_to
    where
        target.area_id is null
        and target.group_no is null
        and period.is_base
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
        not pace.is_of_plan and due_step.year > pace.year as begins_anew,
        if(begins_anew, due_step.steps, target.shares - target.share)::integer
            as steps_left,
        if(begins_anew, 0, pace.value) as begun_with,
        least(begun_with + steps_left * pace.weakest, pace.ceiling)::decimal(28, 6)
            as value_low,
        least(begun_with + steps_left * pace.strongest, pace.ceiling)::decimal(28, 6)
            as value_high,
        coalesce(target.step, 100) as step,
        target.bound,
        target.bound_to,
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
    inner join due_step
        on target.indicator_key = due_step.indicator_key
        and target.due_key = due_step.due_key
    where not target.is_due and steps_left > 0

),

whole as (

    select
        *,
        (least(value_low, value_high) * 1000000)::hugeint as low,
        (greatest(value_low, value_high) * 1000000)::hugeint as high,
        nearest(low * (10000 // step), 1000000::hugeint) as low_shown,
        nearest(high * (10000 // step), 1000000::hugeint) as high_shown,
    from projection

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
    kept_on_side(
        low_shown, step, low, 1000000::hugeint, indicator.comparator, bound,
        bound_to
    ) * step * 0.0001 as value_low_shown,
    kept_on_side(
        high_shown, step, high, 1000000::hugeint, indicator.comparator, bound,
        bound_to
    ) * step * 0.0001 as value_high_shown,
    projection.target_value,
    projection.target_to,
    projection.outlook,
    guarded.indicator_key is not null as is_guarded,
    coalesce(disclosure.is_whole_disclosive, false) as is_disclosive,
from whole as projection
inner join raw.indicator as indicator using (indicator_key)
inner join raw.period as period using (period_key)
inner join raw.period as due
    on projection.due_key = due.period_key
left join core.guarded_indicator as guarded using (indicator_key)
left join core.indicator_disclosure as disclosure
    on projection.indicator_key = disclosure.indicator_key
    and period.year = disclosure.year
