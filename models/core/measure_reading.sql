-- One row per measure, place and period of core.measure_place_period, with
-- what the place reported for the period itself: null where it reported
-- nothing, or left it blank.
select
    place.*,
    reading.submission_no,
    coalesce(reading.is_nil, false) as is_nil,
    reading.value,
    coalesce(reading.is_partial, false) as is_partial,
from core.measure_place_period as place
left join core.reading_current as reading
    on place.measure_key = reading.measure_key
    and place.place_key = reading.place_key
    -- equal keys alone, since any other condition costs a look at every pair
    and if(place.is_owed, place.period_key, null) = reading.period_key
