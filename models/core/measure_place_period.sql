-- View: one row per measure, place and period in which the plan is in force, the
-- measure has begun and the place has a role (core.place_in_period; a place
-- that is no area is always there). is_owed: a figure is due. is_base: a
-- period that the measure adds up over. is_covering: it is made of such. In a
-- period that is neither, what was reported before it stands. span: the year
-- within which the measure is put together; 0 is the whole plan. alone_key: the
-- period, where each is put together by itself.
with

-- a period that holds base periods of a measure before it began alone is none
-- of its
life as (

    select
        life.measure_key,
        life.period_key,
        any_value(life.is_owed) as is_owed,
        any_value(life.is_base) as is_base,
        max(part.data_to) as last_part_to,
    from raw.measure_period as life
    left join raw.measure_cover as cover using (measure_key, period_key)
    left join raw.period as part
        on cover.part_key = part.period_key
    group by life.measure_key, life.period_key

)

select
    place.measure_key,
    place.place_key,
    place.unit_key,
    period.plan_key,
    period.period_key,
    period.kind,
    period.data_to,
    coalesce(role.place_role, 'there') as place_role,
    coalesce(life.is_owed, false) and coalesce(role.place_role, 'there') = 'there'
        as is_owed,
    coalesce(life.is_base, false) as is_base,
    coalesce(
        not life.is_base
        and (
            life.is_owed
            or measure.applies_from is null
            or measure.applies_from <= life.last_part_to
        ),
        false
    ) as is_covering,
    if(measure.sums_over = 'plan', 0, period.year) as span,
    if(measure.sums_over = 'period', period.period_key, null) as alone_key,
from raw.measure_place as place
inner join raw.measure as measure using (measure_key)
inner join core.period_in_force as period using (plan_key)
left join life using (measure_key, period_key)
left join core.place_in_period as role using (plan_key, place_key, period_key)
where
    (place.area_id is null or role.place_role is not null)
    and (
        measure.applies_from is null or measure.applies_from <= period.data_to
    )
