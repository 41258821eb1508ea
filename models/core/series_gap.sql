-- One row per measure, kind of covering periods and base period that no
-- covering period of that kind holds, while one of them comes later in the
-- same span: what is known to date by that later one takes the base period in
-- by itself.
select distinct
    base.measure_key,
    base.period_key,
    later.kind,
from raw.measure_period as base
inner join raw.measure as measure using (measure_key)
inner join raw.period as period using (period_key)
inner join (
    select distinct
        measure_key,
        period_key,
    from raw.measure_cover
) as covering using (measure_key)
inner join raw.period as later
    on covering.period_key = later.period_key
    and later.data_to > period.data_to
    and (measure.sums_over = 'plan' or later.year = period.year)
anti join (
    select
        cover.measure_key,
        cover.part_key,
        whole.kind,
    from raw.measure_cover as cover
    inner join raw.period as whole using (period_key)
) as held
    on base.measure_key = held.measure_key
    and base.period_key = held.part_key
    and later.kind = held.kind
where base.is_base
