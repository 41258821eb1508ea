-- View. Grain: figure (measure × place × period, also flows of a place that is
-- gone) × reading that it is based on (source_place_key, source_key). A base period
-- has its own reading. A period that covers others has the place's own
-- reading for it where there is one (is_own), else those of its parts; a
-- minimum both. Null value: blank where something was sent
-- (submission_no), else missing. An area that is exactly made of others goes
-- on with their flows, and until it reports a stock with their latest ones
-- (is_inherited).
with

known as (

    select
        series.measure_key,
        series.place_key,
        place.unit_key,
        series.plan_key,
        series.period_key,
        series.place_role,
        period.kind,
        series.span,
        series.is_base,
        series.is_covering,
        series.place_role = 'there' and coalesce(life.is_owed, false) as is_owed,
        submission.submission_no,
        series.is_nil,
        reading.value,
    from core.measure_series as series
    inner join raw.measure_place as place using (measure_key, place_key)
    inner join raw.period as period using (period_key)
    left join raw.measure_period as life using (measure_key, period_key)
    left join core.submission_current as submission using (unit_key, period_key)
    left join core.reading_current as reading
        on series.measure_key = reading.measure_key
        and series.place_key = reading.place_key
        and if(series.place_role = 'there' and life.is_owed, series.period_key, null)
        = reading.period_key
    where series.is_base or series.is_covering

),

due as (

    from known
    where place_role = 'there'

),

of_place as (

    select
        * exclude (place_role, is_owed),
        period_key as source_key,
        true as is_own,
    from due
    where not is_covering or (is_owed and submission_no is not null)

    union all

    select
        covering.* exclude (place_role, is_owed) replace (
            part.submission_no as submission_no,
            part.is_nil as is_nil,
            part.value as value
        ),
        part.period_key as source_key,
        false as is_own,
    from known as covering
    inner join raw.measure as measure using (measure_key)
    inner join raw.measure_cover as cover using (measure_key, period_key)
    inner join due as part
        on covering.measure_key = part.measure_key
        and covering.place_key = part.place_key
        and cover.part_key = part.period_key
    where
        covering.place_role <> 'to_come'
        and (covering.value is null or measure.over_time = 'min')

),

-- flows go on, and what is not reported there is as it was where it comes
-- from
inherited as (

    select
        successor.measure_key,
        successor.place_key,
        successor.unit_key,
        successor.period_key,
        successor.kind,
        successor.span,
        successor.is_base,
        successor.is_covering,
        earlier.place_key as source_place_key,
        earlier.unit_key as source_unit_key,
        earlier.plan_key,
        earlier.source_key,
        earlier.is_own,
        earlier.submission_no,
        earlier.is_nil,
        earlier.value,
    from known as successor
    inner join raw.measure as measure using (measure_key)
    inner join core.exact_succession as succession
        on measure.plan_key = succession.plan_key
        and successor.place_key = succession.successor_id
    inner join of_place as earlier
        on successor.measure_key = earlier.measure_key
        and succession.area_id = earlier.place_key
        and successor.period_key = earlier.period_key
    where measure.over_time = 'sum'

    union all

    select
        successor.measure_key,
        successor.place_key,
        place.unit_key,
        successor.period_key,
        period.kind,
        successor.span,
        successor.is_base,
        successor.is_covering,
        earlier.place_key as source_place_key,
        earlier.unit_key as source_unit_key,
        earlier.plan_key,
        earlier.period_key as source_key,
        true as is_own,
        earlier.submission_no,
        earlier.is_nil,
        earlier.value,
    from core.measure_series as successor
    inner join raw.measure_place as place using (measure_key, place_key)
    inner join raw.period as period using (period_key)
    inner join core.exact_succession as succession
        on successor.plan_key = succession.plan_key
        and successor.place_key = succession.successor_id
        and succession.steps = 1
    inner join core.measure_series as earlier_series
        on successor.measure_key = earlier_series.measure_key
        and succession.area_id = earlier_series.place_key
        and successor.period_key = earlier_series.period_key
    inner join known as earlier
        on earlier_series.measure_key = earlier.measure_key
        and earlier_series.place_key = earlier.place_key
        and earlier_series.stock_key = earlier.period_key
    where
        successor.over_time = 'last'
        and successor.stock_key is null
        and successor.value_to_date is not null

)

select
    *,
    place_key as source_place_key,
    unit_key as source_unit_key,
    false as is_inherited,
from of_place
union all by name
select
    *,
    true as is_inherited,
from inherited
