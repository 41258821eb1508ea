-- One row per plan, measure and period in force, for the plan's whole area:
-- what was reported, to date and in the period, and by how many places.
with

-- by key, before anything is named: there are as many figures as readings
over_places as (

    select
        figure.measure_key,
        figure.period_key,
        any_value(measure.over_areas) as over_areas,
        sum(figure.value_to_date) as sum_to_date,
        max(figure.value_to_date) as max_to_date,
        min(figure.value_to_date) as min_to_date,
        sum(if(
            measure.over_areas = 'average', exact(figure.value_to_date), null
        )) // count(figure.value_to_date) as average_to_date,
        sum(figure.value_in_period) as sum_in_period,
        max(figure.value_in_period) as max_in_period,
        min(figure.value_in_period) as min_in_period,
        sum(if(
            measure.over_areas = 'average', exact(figure.value_in_period), null
        )) // count(figure.value_in_period) as average_in_period,
        count(*) as places_expected,
        count(*) filter (where figure.is_known) as places_reported,
        sum(figure.periods_missing) as periods_missing,
    from core.measure_to_date as figure
    inner join raw.measure as measure
        on figure.measure_key = measure.measure_key
    group by figure.measure_key, figure.period_key

)

select
    plan.plan_id,
    measure.measure,
    period.period,
    case over_places.over_areas
        when 'sum' then over_places.sum_to_date
        when 'max' then over_places.max_to_date
        when 'min' then over_places.min_to_date
        when 'average' then figure(over_places.average_to_date)
    end::decimal(28, 4) as value_to_date,
    case over_places.over_areas
        when 'sum' then over_places.sum_in_period
        when 'max' then over_places.max_in_period
        when 'min' then over_places.min_in_period
        when 'average' then figure(over_places.average_in_period)
    end::decimal(28, 4) as value_in_period,
    over_places.places_expected::integer as places_expected,
    over_places.places_reported::integer as places_reported,
    over_places.periods_missing::integer as periods_missing,
    coalesce(disclosure.is_whole_disclosive, false) as is_disclosive,
    getvariable('as_of') as as_of,
from over_places
inner join raw.measure as measure
    on over_places.measure_key = measure.measure_key
inner join raw.plan as plan
    on measure.plan_key = plan.plan_key
inner join raw.period as period
    on over_places.period_key = period.period_key
left join core.disclosure as disclosure
    on measure.guard_group = disclosure.guard_group
    and period.year = disclosure.year
