-- One row per plan, indicator, period and place (area_id null: the whole area)
-- with a value that is told: by how much it is better than what is asked of it
-- (below 0: worse; a range and a condition have no such distance), and by how
-- much it differs from the value of the period before in the same year.
-- beyond_count says the first in whole things (counted_unit) of which the value
-- is made, with what it is divided by as it stands.
-- Key: plan_id, indicator_code, period, area_id
-- Never null: plan_id, indicator_code, period
with

-- what is counted, where that is whole things, and all is added up
counted as (

    select
        part.plan_id,
        part.indicator_code,
        any_value(measure.unit_of_measure) filter (where part.role = 'numerator') as unit
    from marts.indicator_part as part
    inner join marts.measure as measure using (plan_id, measure)
    group by part.plan_id, part.indicator_code
    having
        count(*) filter (where part.role = 'numerator') = 1
        and bool_and(
            measure.over_time in ('sum', 'last')
            and (measure.over_areas = 'sum' or measure.is_of_one_place)
            and if(
                part.role = 'numerator',
                measure.kind = 'count' and measure.decimals = 0,
                true
            )
        )

),

-- asked / shares: the count at which the target would just be reached
told as (

    select
        point.*,
        if(point.target_comparator in ('<', '<='), -1, 1) as way,
        case
            when point.value_kind in ('ratio', 'count') then counted.unit
            when point.area_id is not null then null
            when point.value_kind = 'share_of_units' then 'đơn vị'
            when point.value_kind = 'share_of_areas'
                then coalesce(plan.reporting_area_noun, 'địa bàn')
        end as counted_unit,
        (point.target_value::decimal(18, 4) * 10000)::hugeint
        * (coalesce(point.denominator, 1) * 10000)::hugeint as asked,
        100000000 * indicator.factor::hugeint as shares
    from marts.indicator_point() as point
    inner join marts.plan as plan using (plan_id)
    inner join marts.indicator as indicator using (plan_id, indicator_code)
    left join counted using (plan_id, indicator_code)
    where point.value is not null

)

select
    plan_id,
    indicator_code,
    period,
    area_id,
    if(
        target_value is not null
        and target_to is null
        and target_comparator <> '='
        -- a place fulfils a condition or does not
        and (
            value_kind in ('ratio', 'count', 'change')
            or (area_id is null and value_kind in ('share_of_areas', 'share_of_units'))
        ),
        way * from_target,
        null
    ) as beyond_target,
    if(
        target_to is null and target_comparator <> '=' and counted_unit is not null,
        way * (numerator::hugeint - asked // shares)
        - case
            when target_comparator in ('>', '<=') then (target_comparator = '>')::integer
            else way * (asked % shares > 0)::integer + (target_comparator = '<')::integer
        end,
        null
    )::double as beyond_count,
    counted_unit,
    since_before as change
from told
