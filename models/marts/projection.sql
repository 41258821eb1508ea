-- One row per plan and indicator that adds up what was reported and whose
-- target is not due yet, for the plan's whole area: what it comes to by then
-- if the periods that are left go as those so far did (core.projection).
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
from core.projection as projection
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
