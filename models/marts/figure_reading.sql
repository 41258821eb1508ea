-- View: one row per plan, measure, unit, area (null: not by area), period and
-- reading that the figure of that period is based on: that of source_unit for
-- source_period, and the submission that it is in (null: not sent). has_value:
-- there is a reading and it is not blank. What is known to date is based on the
-- rows of its series so far, see marts.figure_due; a base period that no longer
-- one of a kind holds is in their series, too.
with

member as (

    select
        *,
        if(is_covering, kind, '') as series,
    from core.figure_reading
    union all by name
    select
        reading.*,
        gap.kind as series,
    from core.figure_reading as reading
    inner join core.series_gap as gap using (measure_key, period_key)
    where reading.is_base

)

select
    period.plan_id,
    measure.measure,
    unit.unit_id,
    if(reading.place_key > 0, reading.place_key, null) as area_id,
    period.period,
    reading.span,
    reading.series,
    source_unit.unit_id as source_unit_id,
    if(reading.source_place_key > 0, reading.source_place_key, null)
        as source_area_id,
    source.period as source_period,
    reading.is_own,
    reading.is_inherited,
    reading.submission_no,
    reading.value is not null as has_value,
from member as reading
inner join core.period_state as state using (period_key)
inner join raw.measure as measure using (measure_key)
inner join raw.unit as unit using (unit_key)
inner join raw.unit as source_unit
    on reading.source_unit_key = source_unit.unit_key
inner join raw.period as period using (period_key)
inner join raw.period as source
    on reading.source_key = source.period_key
where state.state <> 'future'
