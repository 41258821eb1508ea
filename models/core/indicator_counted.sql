-- One row per indicator of which it can be told by how many whole things a value
-- falls short of its target or goes beyond: counted_unit, what they are. A ratio or
-- count is of whole things that add up; a share counts units or areas, of the
-- whole alone, and where each place must reach the target the whole has none.
select
    indicator.indicator_key,
    indicator.value_kind in ('ratio', 'count') as is_of_places,
    not is_of_places or indicator.scope <> 'each' as is_of_whole,
    case indicator.value_kind
        when 'share_of_units' then 'đơn vị'
        when 'share_of_areas' then coalesce(plan.reporting_area_noun, 'địa bàn')
        else any_value(measure.unit_of_measure) filter (where part.role = 'numerator')
    end as counted_unit,
from raw.indicator as indicator
inner join raw.plan as plan using (plan_key)
inner join raw.indicator_part as part using (indicator_key)
inner join raw.measure as measure using (measure_key)
left join core.measure_alone as alone using (measure_key)
where indicator.comparator not in ('=', 'between')
group by
    indicator.indicator_key, indicator.value_kind, indicator.scope,
    plan.reporting_area_noun
having
    indicator.value_kind like 'share_of_%'
    or (
        is_of_places
        and count(*) filter (where part.role = 'numerator') = 1
        and bool_and(
            measure.over_time in ('sum', 'last')
            and (measure.over_areas = 'sum' or alone.measure_key is not null)
            and (
                part.role = 'denominator'
                or (measure.kind = 'count' and measure.decimals = 0)
            )
        )
    )
