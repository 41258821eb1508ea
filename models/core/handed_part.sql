-- View: one row per figure of a place and period that another office handed up,
-- and area of that office: what the area had to date, and in the period itself.
select
    measure.measure_key,
    place.place_key,
    current.period_key,
    current.submission_no,
    unnest(
        from_json_strict(
            reading.parts,
            '[{
                "area": "VARCHAR",
                "to_date": "DECIMAL(18,4)",
                "in_period": "DECIMAL(18,4)"
            }]'
        ),
        recursive := true
    ),
from ledger.main.reading as reading
inner join core.submission_current as current using (submission_no)
inner join raw.measure as measure
    on current.plan_key = measure.plan_key
    and reading.measure = measure.measure
inner join raw.measure_place as place
    on measure.measure_key = place.measure_key
    and current.unit_key = place.unit_key
    and reading.area_id is not distinct from place.area_id
where reading.parts is not null
