-- One row per plan, measure and period in force, for the plan's whole area:
-- what was reported, to date and in the period, and by how many places.
select
    plan.plan_id,
    definition.measure,
    period.period,
    case any_value(definition.over_areas)
        when 'sum' then sum(measure.value_to_date)
        when 'max' then max(measure.value_to_date)
        when 'min' then min(measure.value_to_date)
        when 'average' then figure(
            sum(exact(measure.value_to_date)) // count(measure.value_to_date)
        )
    end::decimal(28, 4) as value_to_date,
    case any_value(definition.over_areas)
        when 'sum' then sum(measure.value_in_period)
        when 'max' then max(measure.value_in_period)
        when 'min' then min(measure.value_in_period)
        when 'average' then figure(
            sum(exact(measure.value_in_period)) // count(measure.value_in_period)
        )
    end::decimal(28, 4) as value_in_period,
    count(*)::integer as places_expected,
    count(*) filter (where measure.is_known)::integer as places_reported,
    sum(measure.periods_missing)::integer as periods_missing,
    any_value(coalesce(disclosure.is_whole_disclosive, false))
        as is_disclosive,
    getvariable('as_of') as as_of,
from core.measure_to_date as measure
inner join raw.measure as definition
    on measure.measure_key = definition.measure_key
inner join raw.plan as plan
    on measure.plan_key = plan.plan_key
inner join raw.period as period
    on measure.period_key = period.period_key
left join core.disclosure as disclosure
    on definition.guard_group = disclosure.guard_group
    and period.year = disclosure.year
group by
    plan.plan_id,
    definition.measure,
    period.period
