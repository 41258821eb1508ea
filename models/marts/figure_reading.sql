-- One row per plan, measure, unit, area (null: not by area), period and
-- source_period: whose reading the figure of that period stands on, and the
-- submission that it is in (null: not sent). has_value: there is a reading
-- and it is not blank. Of a stock, stock_period is the period whose reading
-- the figure to date is.
select
    plan.plan_id,
    measure.measure,
    unit.unit_id,
    if(reading.place_key > 0, reading.place_key, null) as area_id,
    period.period,
    source.period as source_period,
    reading.is_own,
    reading.submission_no,
    reading.value is not null as has_value,
    stock.period as stock_period,
from core.figure_reading as reading
inner join core.measure_to_date as figure
    on reading.measure_key = figure.measure_key
    and reading.place_key = figure.place_key
    and reading.period_key = figure.period_key
inner join raw.measure as measure
    on reading.measure_key = measure.measure_key
inner join raw.plan as plan
    on reading.plan_key = plan.plan_key
inner join raw.unit as unit
    on reading.unit_key = unit.unit_key
inner join raw.period as period
    on reading.period_key = period.period_key
inner join raw.period as source
    on reading.source_key = source.period_key
left join raw.period as stock
    on figure.stock_key = stock.period_key
