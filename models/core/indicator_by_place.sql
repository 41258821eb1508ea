-- One row per indicator, slot (what is counted once at a place), place and
-- period: what the place contributes, in exact units, whether all of it is
-- known, and how it was reported. A ratio needs each of its measures, a count
-- any. is_sent: it reported what it owes, be that enough for a value or not. In
-- doubt: something of nothing. numerator and denominator: what is known of
-- them, of a place that is gone its flows; numerator_best: as great as it can
-- still be, unless is_unbounded.
with

slot as (

    select
        figure.indicator_key,
        figure.slot_no,
        figure.place_key,
        figure.period_key,
        any_value(indicator.value_kind) as value_kind,
        any_value(figure.kind) as kind,
        any_value(figure.data_to) as data_to,
        any_value(figure.place_role) as place_role,
        bool_or(figure.is_living) as is_living,
        bool_or(figure.is_base and figure.is_main) as is_base,
        bool_or(figure.is_covering and figure.is_main) as is_covering,
        bool_and(figure.is_lasting) as is_lasting,
        -- its flows may be of the year and of the plan
        min(figure.span) filter (where figure.is_main) as span,
        max(figure.span) filter (where figure.is_main) as other_span,
        min(figure.span) filter (where figure.is_main and figure.is_base)
            as base_span,
        max(figure.span) filter (where figure.is_main and figure.is_base)
            as other_base_span,
        max(figure.there_to) filter (where figure.over_time = 'sum')
            as flows_there_to,
        bool_and(figure.known_to_date is not null)
            filter (where figure.over_time = 'sum') as are_flows_known,
        count(figure.known_to_date) >= if(
            any_value(indicator.value_kind) = 'all_of',
            1,
            any_value(indicator.parts_needed)
        ) as is_known,
        count(figure.known_in_period) >= if(
            any_value(indicator.value_kind) = 'all_of',
            1,
            any_value(indicator.parts_needed)
        ) as is_known_in_period,
        bool_or(figure.is_living and figure.is_reported) as is_any_reported,
        bool_and(
            not figure.is_living or figure.is_lasting or figure.is_reported
        ) as is_all_reported,
        bool_and(
            not figure.is_living
            or figure.is_reported
            or (figure.is_lasting and figure.known_to_date is not null)
        ) as is_all_sent,
        min(figure.basis) filter (where figure.is_main) as first_basis,
        max(figure.basis) filter (where figure.is_main) as last_basis,
        sum(figure.known_to_date) filter (where figure.role = 'numerator')
            as all_numerator,
        sum(figure.known_to_date) filter (where figure.role = 'denominator')
            as all_denominator,
        sum(figure.known_to_date)
            filter (where figure.role = 'numerator' and figure.stays)
            as numerator,
        sum(figure.known_to_date)
            filter (where figure.role = 'denominator' and figure.stays)
            as denominator,
        sum(figure.known_in_period)
            filter (where figure.role = 'numerator' and figure.stays)
            as numerator_in_period,
        sum(figure.known_in_period)
            filter (where figure.role = 'denominator' and figure.stays)
            as denominator_in_period,
        sum(figure.units_best)
            filter (where figure.role = 'numerator' and figure.stays)
            as numerator_best,
        coalesce(
            bool_or(figure.units_best is null)
                filter (where figure.role = 'numerator' and figure.stays),
            false
        ) as is_unbounded,
        bool_or(figure.role = 'condition' and figure.is_lacking_to_date)
            as is_lacking,
        bool_and(figure.holds) as holds,
        bool_and(figure.holds_in_period) as holds_in_period,
    from core.indicator_figure as figure
    inner join raw.indicator as indicator
        on figure.indicator_key = indicator.indicator_key
    group by
        figure.indicator_key,
        figure.slot_no,
        figure.place_key,
        figure.period_key

)

select
    * exclude (
        is_any_reported,
        is_all_reported,
        is_all_sent,
        first_basis,
        last_basis,
        all_numerator,
        all_denominator
    ),
    is_any_reported
    and (value_kind = 'count' or (is_known and is_all_reported)) as is_reported,
    if(value_kind = 'count', is_any_reported, is_all_sent) as is_sent,
    if(first_basis < last_basis, 'mixed', first_basis) as basis,
    coalesce(
        value_kind = 'ratio'
        and is_known
        and all_numerator > 0
        and all_denominator = 0,
        false
    ) as is_in_doubt,
    coalesce(
        value_kind = 'ratio'
        and is_known_in_period
        and numerator_in_period > 0
        and denominator_in_period = 0,
        false
    ) as is_in_doubt_in_period,
from slot
where place_role = 'gone' or is_living
