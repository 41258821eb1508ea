-- How periods are compared, for the queries in sources/.

-- Every indicator, the period in which it is looked at first, and the one of its
-- kind before that, where it applied (period_before).
create or replace macro marts.compared_period() as table
select
    latest.plan_id,
    latest.indicator_code,
    latest.period,
    earlier.period as period_before,
from marts.indicator_latest as latest
inner join marts.period_before as before using (plan_id, period)
left join marts.period as earlier
    on before.plan_id = earlier.plan_id
    and before.previous_period = earlier.period
    and earlier.is_applicable;

-- Every figure of an indicator; area_id is null for the plan's whole area.
create or replace macro marts.indicator_figure() as table
from marts.attainment_by_plan_period
union all by name
from marts.attainment_by_ward_period;

-- Every figure of an indicator with the facts of what is said of it: of the value
-- to date and of that in the period, beside the target and the period before.
create or replace macro marts.indicator_point() as table
select
    now.plan_id,
    now.indicator_code,
    now.area_id,
    now.period,
    period.period_name,
    period.year,
    period.kind as period_kind,
    period.position,
    period.is_estimate,
    indicator.value_kind,
    indicator.unit_of_measure as unit,
    indicator.is_of_period,
    now.status,
    now.is_provisional,
    now.is_withheld as is_hidden,
    now.value_shown::double as value,
    now.value_in_period_shown::double as value_in_period,
    now.numerator,
    now.denominator,
    marts.why_none_in_period(
        indicator.value_kind, now.status, now.is_withheld, now.value_shown,
        now.value_in_period_shown, now.numerator_in_period,
        now.denominator_in_period
    ) as why_none_in_period,
    now.target_comparator,
    -- the whole's value is not what is held against it where each place must reach it
    if(now.area_id is null and indicator.target_scope = 'each', null, now.target_value)
        ::double as target_value,
    now.target_to::double as target_to,
    now.pace_shown::double as pace_value,
    marts.difference(
        now.value, now.target_value, now.value_shown, now.target_value
    )::double as from_target,
    marts.difference(now.value, now.pace_value, now.value_shown, now.pace_shown)
        ::double as from_pace,
    -- with what a change is compared
    basis.earlier_kind,
    basis.earlier_year,
    basis.earlier_position,
    basis.earlier_name,
    basis.sides,
    -- the earlier period of the year
    if(previous.status is null, null, earlier.period_name) as before_name,
    earlier.year as before_year,
    previous.status as before_status,
    coalesce(
        marts.why_none_in_period(
            indicator.value_kind, previous.status, previous.is_withheld,
            previous.value_shown, previous.value_in_period_shown,
            previous.numerator_in_period, previous.denominator_in_period
        ),
        previous.status
    ) as before_status_in_period,
    previous.is_provisional as before_is_provisional,
    previous.is_withheld as before_is_hidden,
    previous.value_shown::double as before_value,
    marts.difference(
        now.value, previous.value, now.value_shown, previous.value_shown
    )::double as since_before,
    marts.difference(
        now.value_in_period, previous.value_in_period, now.value_in_period_shown,
        previous.value_in_period_shown
    )::double as since_before_in_period,
    now.areas_expected,
    now.areas_reported,
    now.areas_carried,
    now.areas_left_out,
    now.periods_missing_before,
from marts.indicator_figure() as now
inner join marts.indicator as indicator using (plan_id, indicator_code)
inner join marts.period as period using (plan_id, period)
inner join marts.period_before as before using (plan_id, period)
left join marts.period as earlier
    on before.plan_id = earlier.plan_id
    and before.previous_period = earlier.period
left join marts.indicator_figure() as previous
    on before.plan_id = previous.plan_id
    and before.previous_period = previous.period
    and now.indicator_code = previous.indicator_code
    and now.area_id is not distinct from previous.area_id
left join marts.change_basis as basis
    on now.plan_id = basis.plan_id
    and now.indicator_code = basis.indicator_code
    and now.period = basis.period
    and now.area_id is not distinct from basis.area_id;
