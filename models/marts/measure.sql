-- One row per measure of a plan, with how it adds up and who reports it.
with

used as (

    select distinct measure_key
    from raw.indicator_part

)

select
    plan.plan_id,
    measure.measure,
    measure.measure_no,
    measure.measure_name,
    measure.unit_of_measure,
    measure.kind,
    if(measure.sums_over = 'period', 'each', measure.over_time) as over_time,
    measure.over_areas,
    alone.measure_key is not null as is_of_one_place,
    measure.is_sensitive,
    measure.explanation,
    measure.reported_by,
    used.measure_key is not null as has_indicator,
    measure.decimals,
from raw.measure as measure
inner join raw.plan as plan using (plan_key)
left join used using (measure_key)
left join core.measure_alone as alone using (measure_key)
