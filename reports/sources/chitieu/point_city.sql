-- One row per plan, indicator and period for the plan's whole area: what its
-- chart says, in a sentence, for the value to date and for that in the period.
-- Key: plan_id, indicator_code, period
-- Never null: plan_id, indicator_code, period, point, point_in_period
with

shown as (

    select
        city.plan_id,
        city.indicator_code,
        city.period,
        marts.within_sentence(period.period_name) as period_name,
        period.period_name as name_at_start,
        case indicator.value_kind
            when 'all_of' then 'điều kiện'
            when 'share_of_units' then 'đơn vị'
            else 'địa bàn, đơn vị'
        end as noun,
        indicator.unit_of_measure as unit,
        indicator.value_kind,
        -- with what a change is compared
        marts.earlier_text(
            period.kind, period.year, period.position, basis.earlier_kind,
            basis.earlier_year, basis.earlier_position, basis.earlier_name
        ) as earlier,
        city.target_comparator,
        city.target_value::double as target_value,
        city.target_to::double as target_to,
        city.pace_shown::double as pace_value,
        city.value_shown::double as value,
        city.value_in_period_shown::double as value_in_period,
        city.status,
        marts.why_none_in_period(
            indicator.value_kind, city.status, city.is_withheld, city.value_shown,
            city.value_in_period_shown, city.numerator_in_period,
            city.denominator_in_period
        ) as why_none_in_period,
        coalesce(city.is_provisional, false) as is_provisional,
        city.is_withheld as is_hidden,
        period.is_estimate,
        city.areas_expected,
        city.areas_reported,
        city.areas_carried,
        city.areas_left_out,
        city.periods_missing_before,
        marts.name_within_year(period.period_name, period.year) as short_name
    from marts.attainment_by_plan_period as city
    inner join marts.indicator as indicator
        on city.plan_id = indicator.plan_id
        and city.indicator_code = indicator.indicator_code
    inner join marts.period as period
        on city.plan_id = period.plan_id
        and city.period = period.period
    left join marts.change_basis as basis
        on city.plan_id = basis.plan_id
        and city.indicator_code = basis.indicator_code
        and city.period = basis.period
        and basis.area_id is null

),

compared as (

    select
        shown.*,
        previous.short_name as before_name,
        previous.status as before_status,
        coalesce(previous.why_none_in_period, previous.status)
            as before_status_in_period,
        previous.is_hidden as before_is_hidden,
        previous.value as before,
        previous.value_in_period as before_in_period
    from shown
    inner join marts.period_before as before
        on shown.plan_id = before.plan_id
        and shown.period = before.period
    left join shown as previous
        on before.plan_id = previous.plan_id
        and before.previous_period = previous.period
        and shown.indicator_code = previous.indicator_code

)

select
    plan_id,
    indicator_code,
    period,
    if(
        value_kind = 'change' and value is not null,
        marts.change_standing_text(
            period_name, earlier, status, is_provisional, is_estimate, value, unit,
            target_comparator, target_value, target_to
        ),
        marts.standing_text(
            period_name, status, is_provisional, is_hidden, is_estimate, value, unit,
            target_comparator, target_value, target_to, pace_value
        )
    )
    || if(
        value_kind = 'change' and value is not null and before is not null,
        marts.change_before_text(value, unit, before_name, before),
        marts.change_text(
            value, unit, before_name, before_status, before_is_hidden, before
        )
    )
    || '.'
    || if(
        -- where nothing can be worked out it is said that all are missing
        status = 'not_applicable' or (status = 'not_reported' and areas_reported = 0),
        '',
        marts.coverage_text(
            name_at_start, noun, areas_expected, areas_reported, areas_carried,
            areas_left_out, periods_missing_before
        )
    ) as point,
    case
        when value_in_period is not null
            then
                'Trong ' || period_name || if(is_estimate, ' ước ', ' ')
                || if(target_comparator in ('<', '<='), 'là ', 'đạt ')
                || marts.figure_text(value_in_period, unit)
                || marts.change_text(
                    value_in_period, unit, before_name, before_status_in_period,
                    before_is_hidden, before_in_period
                )
        when marts.no_value_text(why_none_in_period) is not null
            then
                'Trong ' || period_name || ' '
                || marts.no_value_text(why_none_in_period)
        when value is not null
            then 'Chỉ tiêu này tính trên số lũy kế, không tính riêng từng kỳ'
        else
            marts.standing_text(
                period_name, status, false, is_hidden, is_estimate, null, unit,
                target_comparator, target_value, target_to, pace_value
            )
    end
    || '.' as point_in_period
from compared
