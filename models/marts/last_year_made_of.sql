-- One row per plan, indicator or measure (section), period and area that is
-- exactly made of areas with figures of the year before, when it was not yet
-- there itself: the sum of theirs.
select
    before.plan_id,
    item.section,
    item.code,
    before.period,
    earlier.place_key as area_id,
    (nearest(earlier.dividend * 1000000, earlier.divisor) * 0.000001)::decimal(28, 6)
        as value,
    (nearest(earlier.dividend * 100, earlier.divisor) * 0.01)::decimal(28, 4)
        as value_shown,
from core.period_before as before
inner join core.item_before as item
    on before.plan_key = item.plan_key
    and before.last_year_plan_key = item.earlier_plan_key
left join raw.indicator as indicator
    on before.last_year_plan_key = indicator.plan_key
    and item.section = 'indicator'
    and item.earlier_code = indicator.indicator_code
left join raw.measure as measure
    on before.last_year_plan_key = measure.plan_key
    and item.section = 'measure'
    and item.earlier_code = measure.measure
inner join core.made_of_before as earlier
    on item.section = earlier.section
    and coalesce(indicator.indicator_key, measure.measure_key) = earlier.item_key
    and before.last_year_key = earlier.period_key
-- where the area reports now
inner join raw.reporting_area as reporting
    on before.plan_key = reporting.plan_key
    and earlier.place_key = reporting.area_id
