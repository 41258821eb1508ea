-- Grain: plan × indicator, in the period in which it is looked at first: how many
-- wards stand how, and those that need attention, the furthest from the target
-- first, a name a line, with their values beside it.
-- Key: plan_id, indicator_code
-- Never null: plan_id, indicator_code, wards, each status
with

lacking as (

    select
        ward.plan_id,
        ward.indicator_code,
        ward.period,
        list(
            {
                'name': area.area_name_within_sentence,
                -- a condition that a ward does not fulfil says no more
                'value': if(
                    indicator.value_kind in ('ratio', 'count'),
                    coalesce(ward.value_shown::double::varchar, ''),
                    ''
                )
            }
            order by
                if(
                    indicator.target_comparator in ('<', '<='),
                    -ward.value_shown,
                    ward.value_shown
                ),
                area.area_no
        ) as wards
    from marts.attainment_by_ward_period as ward
    inner join marts.indicator as indicator using (plan_id, indicator_code)
    inner join marts.area as area using (plan_id, area_id)
    -- of which the value is withheld, so is the status
    where marts.is_lacking(ward.status)
    group by ward.plan_id, ward.indicator_code, ward.period

)

select
    counted.plan_id,
    counted.indicator_code,
    indicator.unit_of_measure as unit,
    counted.wards,
    columns(lambda name: list_contains(marts.all_statuses(), name)),
    array_to_string([one.name for one in lacking.wards], chr(10)) as lacking_names,
    array_to_string([one.value for one in lacking.wards], chr(10)) as lacking_values
from marts.status_by_indicator as counted
inner join marts.indicator_latest as latest using (plan_id, indicator_code, period)
inner join marts.indicator as indicator using (plan_id, indicator_code)
left join lacking using (plan_id, indicator_code, period)
where counted.wards > counted.no_target + counted.not_applicable
