-- One row per indicator, period and area: each reporting area (area_id)
-- and the plan's whole area (area_id null), with the parts of the value in
-- exact units and whether the indicator applies there then.
with

whole as (

    select
        indicator.indicator_key,
        period.period_key,
        null::integer as area_id,
        in_force.period_key is not null
        and part.indicator_key is not null as is_applicable,
        part.areas_expected,
        part.areas_reported,
        part.periods_missing,
        part.basis,
        part.numerator,
        part.denominator,
        part.numerator_in_period,
        part.denominator_in_period,
        part.numerator_places,
        part.denominator_places,
        part.numerator_places_in_period,
        part.denominator_places_in_period,
        indicator.target_value,
    from raw.indicator as indicator
    inner join raw.period as period
        on indicator.plan_key = period.plan_key
    left join core.period_in_force as in_force
        on period.period_key = in_force.period_key
    left join core.indicator_over_places as part
        on indicator.indicator_key = part.indicator_key
        and period.period_key = part.period_key

),

area as (

    select
        indicator.indicator_key,
        period.period_key,
        area.area_id,
        -- a place in the indicator's measures, which a share of the whole
        -- area's own conditions has not
        place.indicator_key is not null as is_applicable,
        if(place.indicator_key is null, 0, 1) as areas_expected,
        if(place.is_known, 1, 0) as areas_reported,
        place.periods_missing,
        place.basis,
        case
            when indicator.value_kind in ('share_of_areas', 'share_of_units')
                then exact(if(place.holds, 1, 0))
            else place.numerator
        end as numerator,
        case
            when indicator.value_kind in ('share_of_areas', 'share_of_units')
                then exact(1)
            when indicator.value_kind = 'ratio' then place.denominator
        end as denominator,
        case
            when indicator.value_kind in ('share_of_areas', 'share_of_units')
                then exact(if(place.holds_in_period, 1, 0))
            else place.numerator_in_period
        end as numerator_in_period,
        case
            when indicator.value_kind in ('share_of_areas', 'share_of_units')
                then exact(1)
            when indicator.value_kind = 'ratio'
                then place.denominator_in_period
        end as denominator_in_period,
        1 as numerator_places,
        1 as denominator_places,
        1 as numerator_places_in_period,
        1 as denominator_places_in_period,
        -- a number that the whole area owes is not owed by one area of it
        if(indicator.value_kind = 'count', null, indicator.target_value)
            as target_value,
    from raw.indicator as indicator
    inner join raw.period as period
        on indicator.plan_key = period.plan_key
    inner join raw.reporting_area as area
        on indicator.plan_key = area.plan_key
    left join core.indicator_by_place as place
        on indicator.indicator_key = place.indicator_key
        and period.period_key = place.period_key
        and area.area_id = place.place_key

)

select * from whole
union all by name
select * from area
