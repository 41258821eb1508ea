-- One row per indicator, slot (what is counted once at a place), place and
-- period: what the place contributes, in exact units, whether all of it is
-- known, and how it was reported. A ratio needs each of its measures, a count
-- any. is_there: the place is, else it is gone. is_reported: each measure was
-- given for the period, and it is not left out. In doubt: something of nothing.
-- numerator and denominator: what is known of them, of a place that is gone its
-- flows; least and most: as they may become with what is owed (is_open), the
-- most null where nothing bounds it. is_part: the numerator is a part of the
-- denominator: its most is then that of the least denominator, and both may
-- grow from there together.
with

owed as (

    select
        measure_key,
        list(period_key order by period_key) filter (where is_owed) as period_keys,
    from raw.measure_period
    group by measure_key

),

-- ratios of which each measure above is bounded by another one below that is
-- put together over the same periods in the same way: a flow is within a stock
-- in a report, and not over the year
part_of as (

    select part.indicator_key
    from raw.indicator_part as part
    inner join core.indicator_summed as summed using (indicator_key)
    inner join raw.measure as measure using (measure_key)
    inner join owed using (measure_key)
    left join raw.measure as bound
        on measure.at_most_key = bound.measure_key
        and measure.over_time = bound.over_time
        and measure.sums_over = bound.sums_over
    left join owed as bound_owed
        on bound.measure_key = bound_owed.measure_key
        and owed.period_keys = bound_owed.period_keys
    left join raw.indicator_part as below
        on part.indicator_key = below.indicator_key
        and below.role = 'denominator'
        and bound_owed.measure_key = below.measure_key
    where part.role = 'numerator'
    group by part.indicator_key
    having count(distinct below.measure_key) = count(*)

),

-- few and narrow sums: millions of places by periods are put together here
slot as (

    select
        indicator_key,
        slot_no,
        place_key,
        period_key,
        bool_or(place_role = 'there') as is_there,
        bool_or(is_living) as is_living,
        count(known_to_date) as known,
        count(known_in_period) as known_in_period,
        bool_and(is_reported or not is_living) as is_all_reported,
        bool_or(known_to_date is not null and not is_reported)
            as is_any_carried,
        bool_or(basis = 'own') as is_own,
        bool_or(basis = 'covered') as is_covered,
        bool_or(stays and is_open) as is_open,
        count(*) filter (where known_to_date is not null or is_open)
            as knowable,
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
        sum(if(role = 'numerator' and stays, units_least, null))
            as numerator_least,
        sum(if(role = 'denominator' and stays, units_least, null))
            as denominator_least,
        sum(if(role = 'numerator' and stays, units_most, null))
            as numerator_most,
        sum(if(role = 'denominator' and stays, units_most, null))
            as denominator_most,
        bool_or(
            role = 'numerator' and stays and is_open and units_most is null
        ) as is_numerator_unbounded,
        bool_or(
            role = 'denominator' and stays and is_open and units_most is null
        ) as is_denominator_unbounded,
        bool_or(role = 'condition' and is_lacking_to_date) as is_lacking,
        bool_and(if(role = 'condition', holds, null)) as holds,
        bool_and(if(role = 'condition', holds_in_period, null))
            as holds_in_period,
        bool_and(can_hold) as can_hold,
        bool_and(must_hold) as must_hold,
    from core.indicator_figure
    group by indicator_key, slot_no, place_key, period_key

)

select
    slot.* exclude (
        known, known_in_period, is_living, is_all_reported, is_own, is_covered,
        is_something, is_of_nothing, knowable, denominator_least, numerator_most
    ),
    indicator.value_kind,
    part_of.indicator_key is not null as is_part,
    if(
        is_part
        and (
            slot.is_denominator_unbounded
            or slot.denominator_least < slot.denominator_most
        ),
        greatest(slot.denominator_least, slot.numerator_least),
        slot.denominator_least
    ) as denominator_least,
    if(
        is_part and slot.is_numerator_unbounded,
        greatest(slot.numerator_least, slot.denominator_least),
        slot.numerator_most
    ) as numerator_most,
    if(indicator.value_kind = 'all_of', 1, indicator.parts_needed) as needed,
    -- of a silent place nothing is said but what holds
    slot.known >= needed
    and (slot.holds is null or slot.holds or slot.is_all_reported) as is_known,
    slot.known_in_period >= needed
    and (
        slot.holds_in_period is null or slot.holds_in_period or slot.is_all_reported
    ) as is_known_in_period,
    case
        when slot.is_own and slot.is_covered then 'mixed'
        when slot.is_own then 'own'
        when slot.is_covered then 'covered'
    end as basis,
    coalesce(
        indicator.value_kind = 'ratio'
        and is_known
        and slot.is_something
        and slot.is_of_nothing,
        false
    ) as is_in_doubt,
    coalesce(
        indicator.value_kind = 'ratio'
        and is_known_in_period
        and slot.numerator_in_period > 0
        and slot.denominator_in_period = 0,
        false
    ) as is_in_doubt_in_period,
    slot.is_all_reported
    and (indicator.value_kind = 'count' or is_known)
    and not is_in_doubt as is_reported,
    -- of what must be in every period nothing is carried
    slot.is_any_carried
    and (indicator.value_kind = 'count' or is_known)
    and not is_reported
    and not is_in_doubt
    and not slot.is_lacking as is_carried,
    slot.is_open and slot.knowable >= needed as may_change,
from slot
inner join raw.indicator as indicator using (indicator_key)
left join part_of using (indicator_key)
where slot.is_living or not slot.is_there
