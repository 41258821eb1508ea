-- One row per typed reading with a mark in its number.
select raw.plan, raw.measure, raw."value"
from intake.raw_reading as raw
where not raw.is_exact and (contains(raw."value", '.') or contains(raw."value", ','))
