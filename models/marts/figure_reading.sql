-- One row per plan, measure, unit, area (null: not by area), period and
-- reading that the figure of that period stands on: that of source_unit for
-- source_period, and the submission that it is in (null: not sent). has_value:
-- there is a reading and it is not blank. Of a stock, stock_period is the
-- period whose reading the figure to date is. An area that is gone has rows,
-- too, since the whole keeps its flows (is_due is false).
select
    plan.plan_id,
    measure.measure,
    unit.unit_id,
    if(reading.place_key > 0, reading.place_key, null) as area_id,
    period.period,
    source_unit.unit_id as source_unit_id,
    if(reading.source_place_key > 0, reading.source_place_key, null)
        as source_area_id,
    source.period as source_period,
    reading.is_own,
    reading.is_inherited,
    series.place_role = 'there' as is_due,
    reading.submission_no,
    reading.value is not null as has_value,
    stock.period as stock_period,
from core.figure_reading as reading
inner join core.measure_series as series
    on reading.measure_key = series.measure_key
    and reading.place_key = series.place_key
    and reading.period_key = series.period_key
inner join core.period_state as state
    on reading.period_key = state.period_key
inner join raw.measure as measure
    on reading.measure_key = measure.measure_key
inner join raw.plan as plan
    on reading.plan_key = plan.plan_key
inner join raw.unit as unit
    on reading.unit_key = unit.unit_key
inner join raw.unit as source_unit
    on reading.source_unit_key = source_unit.unit_key
inner join raw.period as period
    on reading.period_key = period.period_key
inner join raw.period as source
    on reading.source_key = source.period_key
left join raw.period as stock
    on series.stock_key = stock.period_key
where state.state <> 'future'
