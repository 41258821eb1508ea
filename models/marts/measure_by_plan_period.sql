-- View: one row per plan, measure and period that is in force and not in the future,
-- for the plan's whole area: what was reported, to date and in the period, and
-- by how many places.
select
    plan.plan_id,
    measure.measure,
    period.period,
    whole.value_to_date::decimal(28, 4) as value_to_date,
    whole.value_in_period::decimal(28, 4) as value_in_period,
    whole.places_expected,
    whole.places_reported,
    whole.places_carried,
    whole.periods_missing_before,
    measure.is_guarded,
    coalesce(disclosure.is_whole_disclosive, false) as is_disclosive,
from core.measure_over_places as whole
inner join raw.measure as measure
    on whole.measure_key = measure.measure_key
inner join raw.plan as plan
    on measure.plan_key = plan.plan_key
inner join raw.period as period
    on whole.period_key = period.period_key
left join core.disclosure as disclosure
    on measure.guard_group = disclosure.guard_group
    and period.year = disclosure.year
