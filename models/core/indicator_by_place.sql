-- One row per indicator, slot (what is counted once at a place), place and
-- period: what the place contributes, in exact units, whether all of it is
-- known, and how it was reported. A ratio needs each of its measures, a count
-- any. is_there: the place is, else it is gone. is_sent: it reported what it
-- owes, be that enough for a value or not. In doubt: something of nothing.
-- numerator and denominator: what is known of them, of a place that is gone its
-- flows; numerator_best: as great as it can still be, unless is_unbounded.
with

-- few and narrow sums: millions of places by periods are put together here
slot as (

    select
        indicator_key,
        slot_no,
        place_key,
        period_key,
        bool_or(place_role = 'there') as is_there,
        bool_or(is_living) as is_living,
        bool_or(is_base and is_main) as is_base,
        bool_and(is_lasting) as is_lasting,
        -- its flows may be of the year and of the plan
        min(if(is_main, span, null)) as span,
        max(if(is_main, span, null)) as other_span,
        count(known_to_date) as known,
        count(known_in_period) as known_in_period,
        bool_or(is_living and is_reported) as is_any_reported,
        bool_and(not is_living or is_lasting or is_reported) as is_all_reported,
        bool_and(
            not is_living
            or is_reported
            or (is_lasting and known_to_date is not null)
        ) as is_all_sent,
        bool_or(is_main and basis = 'own') as is_own,
        bool_or(is_main and basis = 'covered') as is_covered,
        -- no figure is below 0
        bool_or(role = 'numerator' and known_to_date > 0) as is_something,
        bool_and(if(role = 'denominator', known_to_date = 0, null))
            as is_of_nothing,
        sum(if(role = 'numerator' and stays, known_to_date, null)) as numerator,
        sum(if(role = 'denominator' and stays, known_to_date, null))
            as denominator,
        sum(if(role = 'numerator' and stays, known_in_period, null))
            as numerator_in_period,
        sum(if(role = 'denominator' and stays, known_in_period, null))
            as denominator_in_period,
        sum(if(role = 'numerator' and stays, units_best, null))
            as numerator_best,
        bool_or(role = 'numerator' and stays and units_best is null)
            as is_unbounded,
        bool_or(role = 'condition' and is_lacking_to_date) as is_lacking,
        bool_and(holds) as holds,
        bool_and(holds_in_period) as holds_in_period,
    from core.indicator_figure
    group by indicator_key, slot_no, place_key, period_key

)

select
    slot.* exclude (
        known,
        known_in_period,
        is_any_reported,
        is_all_reported,
        is_all_sent,
        is_own,
        is_covered,
        is_something,
        is_of_nothing
    ),
    indicator.value_kind,
    if(indicator.value_kind = 'all_of', 1, indicator.parts_needed)
        as needed,
    slot.known >= needed as is_known,
    slot.known_in_period >= needed as is_known_in_period,
    slot.is_any_reported
    and (
        indicator.value_kind = 'count'
        or (slot.known >= needed and slot.is_all_reported)
    ) as is_reported,
    if(
        indicator.value_kind = 'count', slot.is_any_reported, slot.is_all_sent
    ) as is_sent,
    case
        when slot.is_own and slot.is_covered then 'mixed'
        when slot.is_own then 'own'
        when slot.is_covered then 'covered'
    end as basis,
    coalesce(
        indicator.value_kind = 'ratio'
        and slot.known >= needed
        and slot.is_something
        and slot.is_of_nothing,
        false
    ) as is_in_doubt,
    coalesce(
        indicator.value_kind = 'ratio'
        and slot.known_in_period >= needed
        and slot.numerator_in_period > 0
        and slot.denominator_in_period = 0,
        false
    ) as is_in_doubt_in_period,
from slot
inner join raw.indicator as indicator
    on slot.indicator_key = indicator.indicator_key
where slot.is_living or not slot.is_there
