-- One row per indicator, slot, place and period before which the place owes
-- figures of closed base periods in which the indicator applied: which those are,
-- and how many.
select
    later.indicator_key,
    later.slot_no,
    later.place_key,
    later.period_key,
    list(distinct missing.missing_key) as missing_keys,
    len(missing_keys)::integer as periods_missing_before,
from core.indicator_figure as later
inner join core.measure_missing as missing using (measure_key, place_key, period_key)
semi join core.indicator_figure as earlier
    on later.indicator_key = earlier.indicator_key
    and later.part_no = earlier.part_no
    and missing.place_key = earlier.place_key
    and missing.missing_key = earlier.period_key
group by later.indicator_key, later.slot_no, later.place_key, later.period_key
