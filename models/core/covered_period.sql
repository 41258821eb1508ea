-- One row per measure, place, covering period for which the place reported the
-- measure itself, and base period in it.
select
    own.measure_key,
    own.place_key,
    own.period_key,
    own.kind,
    own.span,
    own.data_to,
    cover.part_key,
from core.measure_of_period as own
inner join raw.measure_cover as cover using (measure_key, period_key)
where own.is_covering and own.value_own is not null
