-- One row per target number's place (the whole, an area or a group of areas)
-- and period in which one applies: the target that is due next, or was due
-- last in that year, or ever where its value does not begin anew with a year;
-- none at an area that is no more when the next one is due.
-- The latest amendment by the period's end replaces those before it. is_due: it
-- must hold at the period's end; is_judged: and that period is closed;
-- is_after_due: it had to hold at the end of an earlier one, due_key. With a
-- linear pace, share of shares is the part of the way from pace_from to the
-- target that must be gone by then: the applicable base periods so far, of all
-- from the previous due period to this one; in a covering period that is open,
-- the closed ones. In whole units of 1/10000: bound, and bound_to of a range;
-- pace_units / shares is what must be reached by then, null without a pace, and
-- where that is nothing. step: in how many of them a value is shown.
with

began as (

    select
        indicator.indicator_key,
        if(
            any_value(indicator.value_kind) = 'count',
            if(
                bool_or(measure.applies_from is null),
                null,
                min(measure.applies_from)
            ),
            max(measure.applies_from)
        ) as measures_from,
        bool_and(measure.sums_over = 'plan')
            filter (where part.role <> 'denominator') as is_of_plan,
        -- a part of what happened in a year is of any year; a number of it is not
        bool_and(indicator.value_kind = 'ratio' and measure.over_time = 'sum')
        or bool_and(
            indicator.value_kind <> 'change'
            and (
                part.role = 'denominator'
                or measure.over_time not in ('sum', 'max')
                or measure.sums_over = 'plan'
            )
        ) as goes_on,
    from raw.indicator as indicator
    inner join raw.indicator_part as part
        on coalesce(indicator.of_key, indicator.indicator_key)
        = part.indicator_key
    inner join raw.measure as measure using (measure_key)
    group by indicator.indicator_key

),

number as (

    select
        target.*,
        coalesce(target.effective_from, '0001-01-01'::date) as since,
        due.data_to as due_to,
        due.year as due_year,
        indicator.plan_key,
        indicator.pace = 'linear' as is_linear,
        indicator.is_flow,
        -- a flow begins anew with each year
        indicator.is_flow and not coalesce(began.is_of_plan, false) as is_yearly,
        coalesce(began.goes_on, false) as goes_on,
        greatest(indicator.applies_from, began.measures_from) as applies_from,
    from raw.target as target
    inner join raw.indicator as indicator using (indicator_key)
    inner join raw.period as due
        on target.due_key = due.period_key
    left join began using (indicator_key)

),

in_force as (

    select
        number.*,
        period.period_key,
        period.data_to,
        period.year,
        period.is_base,
    from number
    inner join raw.period as period
        on number.plan_key = period.plan_key
        and number.since <= period.data_to
    qualify rank() over (
        partition by
            number.indicator_key,
            number.area_id,
            number.group_no,
            period.period_key
        order by number.since desc
    ) = 1

),

next_due as (

    select *
    from in_force
    where due_to >= data_to or due_year = year or goes_on
    qualify row_number() over (
        partition by indicator_key, area_id, group_no, period_key
        order by
            due_to < data_to,
            if(due_to < data_to, null, due_to),
            due_to desc
    ) = 1

),

-- what was due earlier was due by the number that was in force then
settled as (

    select *
    from in_force
    where due_key = period_key and target_value is not null

),

with_previous as (

    select
        next_due.indicator_key,
        next_due.area_id,
        next_due.group_no,
        next_due.period_key,
        max(earlier.due_to) as previous_to,
        arg_max(earlier.target_value, earlier.due_to) as previous_value,
    from next_due
    inner join settled as earlier
        on next_due.indicator_key = earlier.indicator_key
        and next_due.area_id is not distinct from earlier.area_id
        and next_due.group_no is not distinct from earlier.group_no
        and earlier.due_to < next_due.due_to
        and (not next_due.is_yearly or earlier.due_year = next_due.due_year)
    group by all

),

asked as (

    select
        next_due.*,
        state.is_closed,
        due_state.is_closed as is_due_closed,
        previous.previous_to,
        coalesce(
            previous.previous_value,
            if(next_due.is_flow, 0, next_due.pace_from),
            0
        ) as way_from,
    from next_due
    inner join core.period_state as state using (period_key)
    inner join core.period_state as due_state
        on next_due.due_key = due_state.period_key
    left join with_previous as previous
        on next_due.indicator_key = previous.indicator_key
        and next_due.area_id is not distinct from previous.area_id
        and next_due.group_no is not distinct from previous.group_no
        and next_due.period_key = previous.period_key
    where next_due.target_value is not null

),

-- the base periods on the way from one due period to the next
way as (

    select
        asked.indicator_key,
        asked.area_id,
        asked.group_no,
        asked.period_key,
        count(*) as shares,
        count(*) filter (
            where
            step.data_to <= asked.data_to
            and (asked.is_base or asked.is_closed or step_state.is_closed)
        ) as share,
    from asked
    inner join core.period_in_force as step
        on asked.plan_key = step.plan_key
        and step.is_base
        and step.data_to <= asked.due_to
        and (asked.previous_to is null or asked.previous_to < step.data_to)
        and (not asked.is_yearly or asked.due_year = step.year)
        and (asked.applies_from is null or asked.applies_from <= step.data_to)
    inner join core.period_state as step_state
        on step.period_key = step_state.period_key
    where asked.is_linear or asked.is_flow
    group by all

),

-- where no base period is on the way, all of it must be gone
gone as (

    select
        asked.*,
        coalesce(way.share, 1) as share,
        coalesce(way.shares, 1) as shares,
    from asked
    left join way
        on asked.indicator_key = way.indicator_key
        and asked.area_id is not distinct from way.area_id
        and asked.group_no is not distinct from way.group_no
        and asked.period_key = way.period_key

)

select
    indicator_key,
    area_id,
    group_no,
    period_key,
    due_key,
    target_value,
    target_to,
    due_to <= data_to as is_due,
    due_to < data_to as is_after_due,
    if(due_to = data_to, is_closed, is_due and is_due_closed) as is_judged,
    -- what is past a bound stays so until then
    not is_yearly or due_year = year as is_of_span,
    share,
    shares,
    in_units(target_value) as bound,
    in_units(target_to) as bound_to,
    if(
        is_linear,
        nullif(in_units(way_from) * (shares - share) + bound * share, 0),
        null
    ) as pace_units,
    -- a value is shown with 4 decimals where the target has more than 2
    if(
        bound % 100 <> 0 or coalesce(bound_to % 100 <> 0, false), 1, 100
    ) as step,
    -- never below what must be reached
    rounded_up(pace_units * 100, shares) * 0.000001 as pace_value,
    rounded_up(pace_units, shares * step) * step * 0.0001 as pace_shown,
from gone
