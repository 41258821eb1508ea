-- View: one row per plan, measure, unit, area (null: not by area) and period for
-- which there can be a figure to date: it is based on the rows of
-- marts.figure_reading of the same span and series, up to that period, also
-- where the measure is not reported for the period itself. Of a stock,
-- stock_period is the period whose reading the figure is. An area that is gone
-- (is_due is false) has rows, too, since the whole keeps its flows.
select
    period.plan_id,
    measure.measure,
    unit.unit_id,
    if(series.place_key > 0, series.place_key, null) as area_id,
    period.period,
    series.span,
    if(series.is_covering, period.kind, '') as series,
    series.place_role = 'there' as is_due,
    stock.period as stock_period,
from core.measure_series as series
inner join core.period_state as state using (period_key)
inner join raw.measure as measure using (measure_key)
inner join raw.measure_place as place using (measure_key, place_key)
inner join raw.unit as unit using (unit_key)
inner join raw.period as period using (period_key)
left join raw.period as stock
    on series.stock_key = stock.period_key
where state.state <> 'future' and series.place_role <> 'to_come'
