-- View: one row per plan, measure, reporting area (ward) and period in force.
-- Null values: nothing reported. is_nil: the period's own report says that
-- nothing arose, which counts as 0.
select
    plan.plan_id,
    definition.measure,
    period.period,
    area.area_id,
    area.code as area_code,
    reporting.area_name,
    measure.value_to_date::decimal(18, 4) as value_to_date,
    measure.value_in_period::decimal(18, 4) as value_in_period,
    measure.is_reported,
    measure.is_nil,
    measure.is_carried,
    measure.periods_missing_before,
    measure.basis,
    definition.is_guarded,
    coalesce(disclosure.is_area_disclosive, false) as is_disclosive,
from core.measure_to_date as measure
inner join raw.measure as definition
    on measure.measure_key = definition.measure_key
inner join raw.plan as plan
    on measure.plan_key = plan.plan_key
inner join raw.period as period
    on measure.period_key = period.period_key
inner join raw.area as area
    on measure.place_key = area.area_id
inner join raw.reporting_area as reporting
    on measure.plan_key = reporting.plan_key
    and measure.place_key = reporting.area_id
left join core.disclosure as disclosure
    on definition.guard_group = disclosure.guard_group
    and period.year = disclosure.year
