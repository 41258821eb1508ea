-- View. Grain: indicator or measure (section) × period × the whole (area_id
-- null) or a reporting area. Every figure by its names; other marts choose among these.
-- What a measure came to is its value. Audiences see the
-- status in status_shown and status_told, whether it is provisional in is_provisional_told
-- (core.attainment).
with

figure as (

    select
        attainment.plan_key,
        attainment.period_key,
        attainment.area_id,
        'indicator' as section,
        indicator.indicator_code as code,

        -- value to date and in the period itself
        attainment.numerator::decimal(28, 4) as numerator,
        attainment.denominator::decimal(28, 4) as denominator,
        attainment.value::decimal(28, 6) as value,
        attainment.value_shown::decimal(28, 4) as value_shown,
        attainment.numerator_in_period::decimal(28, 4) as numerator_in_period,
        attainment.denominator_in_period::decimal(28, 4) as denominator_in_period,
        attainment.value_in_period::decimal(28, 6) as value_in_period,
        attainment.value_in_period_shown::decimal(28, 4) as value_in_period_shown,

        -- target
        indicator.comparator as target_comparator,
        attainment.target_value::decimal(18, 4) as target_value,
        attainment.target_to::decimal(18, 4) as target_to,
        attainment.pace_value::decimal(28, 6) as pace_value,
        attainment.pace_shown::decimal(28, 4) as pace_shown,
        attainment.is_due,
        attainment.attained,
        attainment.status,
        attainment.is_provisional,
        attainment.is_provisional_told,
        attainment.status_shown,
        attainment.status_told,

        -- coverage
        attainment.areas_expected,
        attainment.areas_reported,
        attainment.areas_carried,
        attainment.areas_left_out,
        attainment.areas_own,
        attainment.periods_missing_before,
        attainment.basis,
        null::boolean as is_reported,
        null::boolean as is_nil,
        attainment.is_guarded,
        attainment.is_disclosive,
        attainment.beyond_count::decimal(28, 0) as beyond_count,
        attainment.counted_unit,
    from core.attainment as attainment
    inner join raw.indicator as indicator using (indicator_key)

    union all by name

    select
        measure.plan_key,
        measure.period_key,
        measure.place_key as area_id,
        'measure' as section,
        definition.measure as code,
        measure.value_to_date::decimal(28, 6) as value,
        measure.value_to_date::decimal(28, 4) as value_shown,
        measure.value_in_period::decimal(28, 6) as value_in_period,
        measure.value_in_period::decimal(28, 4) as value_in_period_shown,
        measure.is_carried::integer as areas_carried,
        measure.periods_missing_before,
        measure.basis,
        measure.is_reported,
        measure.is_nil,
        definition.is_guarded,
        coalesce(disclosure.is_area_disclosive, false) as is_disclosive,
    from core.measure_to_date as measure
    inner join raw.measure as definition using (measure_key)
    inner join raw.period as period using (period_key)
    left join core.disclosure as disclosure using (guard_group, year)
    where measure.place_key > 0

    union all by name

    select
        definition.plan_key,
        whole.period_key,
        'measure' as section,
        definition.measure as code,
        whole.value_to_date::decimal(28, 6) as value,
        whole.value_to_date::decimal(28, 4) as value_shown,
        whole.value_in_period::decimal(28, 6) as value_in_period,
        whole.value_in_period::decimal(28, 4) as value_in_period_shown,
        whole.places_expected as areas_expected,
        whole.places_reported as areas_reported,
        whole.places_carried as areas_carried,
        whole.periods_missing_before,
        definition.is_guarded,
        coalesce(disclosure.is_whole_disclosive, false) as is_disclosive,
    from core.measure_over_places as whole
    inner join raw.measure as definition using (measure_key)
    inner join raw.period as period using (period_key)
    left join core.disclosure as disclosure using (guard_group, year)

)

select
    period.plan_id,
    figure.section,
    figure.code,
    period.period,
    figure.area_id,
    area.code as area_code,
    reporting.area_name,
    figure.* exclude (plan_key, period_key, area_id, section, code),
    period.is_base,
    period.is_estimate,
from figure
inner join raw.period as period using (period_key)
left join raw.area as area using (area_id)
left join raw.reporting_area as reporting
    on figure.plan_key = reporting.plan_key
    and figure.area_id = reporting.area_id
