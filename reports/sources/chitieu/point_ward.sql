-- Grain: plan × indicator × reporting area × period. The facts of what the line
-- of that area says.
-- Key: plan_id, indicator_code, period, area_id
-- Never null: plan_id, indicator_code, area_id, period, period_name, year,
-- period_kind, is_estimate, value_kind, status, is_hidden, areas_carried,
-- periods_missing_before
select
    now.plan_id,
    now.indicator_code,
    now.area_id,
    now.period,
    period.period_name,
    period.year,
    period.kind as period_kind,
    period.position,
    now.is_estimate,
    indicator.value_kind,
    indicator.unit_of_measure as unit,
    now.status,
    now.is_provisional,
    now.is_withheld as is_hidden,
    now.value_shown::double as value,
    now.target_comparator,
    now.target_value::double as target_value,
    now.target_to::double as target_to,
    now.pace_shown::double as pace_value,
    (now.value_shown - now.target_value)::double as from_target,
    (now.value_shown - now.pace_shown)::double as from_pace,
    -- with what a change is compared
    basis.earlier_kind,
    basis.earlier_year,
    basis.earlier_position,
    basis.earlier_name,
    -- the earlier period of the year
    if(previous.status is null, null, earlier.period_name) as before_name,
    earlier.year as before_year,
    previous.status as before_status,
    previous.is_withheld as before_is_hidden,
    previous.value_shown::double as before_value,
    (now.value_shown - previous.value_shown)::double as since_before,
    now.areas_carried,
    now.periods_missing_before
from marts.attainment_by_ward_period as now
inner join marts.indicator as indicator
    on now.plan_id = indicator.plan_id
    and now.indicator_code = indicator.indicator_code
inner join marts.period as period
    on now.plan_id = period.plan_id
    and now.period = period.period
inner join marts.period_before as before
    on now.plan_id = before.plan_id
    and now.period = before.period
left join marts.period as earlier
    on before.plan_id = earlier.plan_id
    and before.previous_period = earlier.period
left join marts.attainment_by_ward_period as previous
    on before.plan_id = previous.plan_id
    and before.previous_period = previous.period
    and now.indicator_code = previous.indicator_code
    and now.area_id = previous.area_id
left join marts.change_basis as basis
    on now.plan_id = basis.plan_id
    and now.indicator_code = basis.indicator_code
    and now.period = basis.period
    and now.area_id = basis.area_id
