-- One row per plan, indicator, period and department that reports a measure
-- of the indicator beside others and for no area: what it contributes to
-- the value of the plan's whole area. is_taken: it does contribute, since it
-- reported all that the indicator needs. Wards are in
-- attainment_by_ward_period.
select
    period.plan_id,
    indicator.indicator_code,
    period.period,
    unit.unit_id,
    unit.unit_name,
    unit.unit_no,
    place.areas_reported > 0 as is_reported,
    place.areas_reported + place.areas_carried > 0 as is_known,
    place.areas_left_out = 0 as is_taken,
    case
        when not is_taken then null
        when indicator.value_kind in ('share_of_areas', 'share_of_units')
            then coalesce(figure_in(place.numerator, place.unit), 0)
        else figure_in(place.numerator, place.unit)
    end::decimal(28, 4) as numerator,
    case
        when not is_taken then null
        when indicator.value_kind in ('share_of_areas', 'share_of_units')
            then 1
        when indicator.value_kind = 'ratio' then figure_in(place.denominator, place.unit)
    end::decimal(28, 4) as denominator,
    guarded.indicator_key is not null as is_guarded,
    coalesce(disclosure.is_area_disclosive, false) as is_disclosive,
from core.measured_parts as place
inner join raw.indicator as indicator using (indicator_key)
inner join raw.period as period using (period_key)
inner join raw.unit as unit
    on place.scope_no = -unit.unit_key
left join core.guarded_indicator as guarded using (indicator_key)
left join core.indicator_disclosure as disclosure using (indicator_key, year)
where indicator.is_shown and place.scope = 'place'
