-- One row per indicator of which a whole is the sum of what its places
-- contribute: a ratio or count of measures that are added up over areas, or of
-- a level, which is one of the whole alone. Others
-- are put together measure by measure (core.scope_total), as is a ratio one
-- side of which has flows beside other measures: a place that is gone leaves
-- its flows alone.
with

side as (

    select
        part.indicator_key,
        part.role,
        bool_and(measure.over_areas in ('sum', 'none')) as is_summed,
        bool_and(measure.over_time = 'sum') as has_flows_alone,
        bool_or(measure.over_time = 'sum') as has_flows,
    from raw.indicator_part as part
    inner join raw.measure as measure using (measure_key)
    group by part.indicator_key, part.role

)

select side.indicator_key
from side
inner join raw.indicator as indicator using (indicator_key)
where indicator.value_kind in ('ratio', 'count')
group by side.indicator_key
having
    bool_and(side.is_summed)
    and bool_and(
        indicator.value_kind = 'count' or side.has_flows = side.has_flows_alone
    )
