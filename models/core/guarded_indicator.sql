-- One row per indicator that is based on a guarded measure.
select distinct part.indicator_key,
from core.indicator_measure as part
inner join raw.measure as measure using (measure_key)
where measure.is_guarded
