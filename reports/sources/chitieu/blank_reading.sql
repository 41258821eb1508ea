-- One row per plan, period, unit and measure that the unit's report leaves
-- blank though it is due, with the areas where it does. Of measures whose
-- small counts are withheld nothing is told.
-- Key: plan_id, period, unit_id, measure
-- Never null: plan_id, period, unit_id, unit_name, unit_no, measure,
-- measure_no, measure_name
with

withheld as (

    select
        reading.plan_id,
        reading.measure,
        period.year
    from marts.reading as reading
    inner join marts.period as period using (plan_id, period)
    where reading.is_withheld
    group by reading.plan_id, reading.measure, period.year

)

select
    sent.plan_id,
    sent.period,
    sent.unit_id,
    unit.unit_name,
    unit.unit_no,
    measure.measure,
    measure.measure_no,
    measure.measure_name,
    string_agg(area.area_name_within_sentence, ', ' order by area.area_no)
        filter (where place.area_id is distinct from unit.area_id)
        as area_names
from marts.submission as sent
inner join marts.period as period using (plan_id, period)
inner join marts.submission_timeliness as unit using (plan_id, unit_id, period)
inner join marts.measure_place as place using (plan_id, unit_id)
inner join marts.measure as measure using (plan_id, measure)
left join marts.area as area
    on place.plan_id = area.plan_id
    and place.area_id = area.area_id
left join marts.reading as reading
    on sent.submission_no = reading.submission_no
    and sent.plan_id = reading.plan_id
    and place.measure = reading.measure
    and place.area_id is not distinct from reading.area_id
-- of a measure that is reported by quarter nothing is due in a month
semi join marts.measure_by_plan_period as due
    on sent.plan_id = due.plan_id
    and place.measure = due.measure
    and sent.period = due.period
    and due.places_expected > 0
anti join withheld using (plan_id, measure, year)
where
    sent.is_current
    and period.is_applicable
    and coalesce(reading.is_blank, true)
    and (area.valid_from is null or area.valid_from <= period.data_to)
    and (area.valid_to is null or period.data_to <= area.valid_to)
group by all
