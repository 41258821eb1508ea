-- View: one row per indicator with a value of its own measures, scope and period in
-- which it applies there: the value as dividend / divisor, not divided, to
-- date, in the period, and with what is owed at the least and at the most. What
-- only comes near an end stands a billionth from it; 1 / 0 is without end.
-- may_vanish: there may come to be nothing to divide by, and no value. may_move:
-- what is owed may make another value of it; has_doubt: a doubt may that is open;
-- has_guarded_doubt: one about a guarded measure, which not everybody is told of.
select
    part.* exclude (
        may_be_unsaid, numerator_least, numerator_most, denominator_least,
        denominator_most, divisor_least, is_numerator_unbounded,
        is_denominator_unbounded, is_part
    ),
    part.numerator * indicator.factor::hugeint * part.denominator_places
        as dividend,
    if(indicator.value_kind = 'count', in_unit(1, part.unit), part.denominator)
    * part.numerator_places as divisor,
    part.numerator_in_period
    * indicator.factor::hugeint
    * part.denominator_places_in_period as dividend_in_period,
    if(indicator.value_kind = 'count', in_unit(1, part.unit), part.denominator_in_period)
    * part.numerator_places_in_period as divisor_in_period,
    case
        when not part.may_change then null
        when indicator.value_kind = 'count'
            then
                [
                    part.numerator_least * indicator.factor,
                    in_unit(1, part.unit) * greatest(part.numerator_places, 1)
                ]
        when part.is_denominator_unbounded
            then [(part.numerator_least > 0)::integer, 1000000000]
        when part.numerator_least = 0 or part.denominator_most = 0 then [0, 1]
        else
            [
                part.numerator_least
                * indicator.factor
                * part.denominator_places,
                part.denominator_most * part.numerator_places
            ]
    end::hugeint[2] as least,
    case
        when not part.may_change then null
        when part.is_numerator_unbounded and not part.is_part then [1, 0]
        when indicator.value_kind = 'count'
            then
                [
                    part.numerator_most * indicator.factor,
                    in_unit(1, part.unit) * greatest(part.numerator_places, 1)
                ]
        -- the numerator grows with the denominator: their ratio goes towards 1
        when part.is_numerator_unbounded and part.denominator_least = 0
            then [indicator.factor, 1]
        when
            part.is_numerator_unbounded
            and part.numerator_most < part.denominator_least
            then
                [indicator.factor::hugeint * 1000000000 - 1, 1000000000]
        when part.numerator_most = 0 then [0, 1]
        when part.denominator_least = 0 then [1, 0]
        else
            [
                part.numerator_most
                * indicator.factor
                * part.denominator_places,
                part.denominator_least * part.numerator_places
            ]
    end::hugeint[2] as most,
    part.may_change
    and (
        part.may_be_unsaid
        or (
            indicator.value_kind = 'ratio'
            and (part.denominator_least = 0 or part.divisor_least = 0)
        )
    ) as may_vanish,
    part.may_change
    and (
        may_vanish
        or part.is_numerator_unbounded
        or part.numerator_least < part.numerator_most
        or (
            (
                part.is_denominator_unbounded
                or part.denominator_least < part.denominator_most
            )
            and part.numerator_most > 0
        )
    ) as may_move,
    doubt.indicator_key is not null and guarded.indicator_key is null as has_doubt,
    doubt.indicator_key is not null
    and guarded.indicator_key is not null as has_guarded_doubt,
    coalesce(dividend is not null and divisor > 0, false) as has_value,
    case
        when dividend is not null and divisor > 0 then null
        when part.numerator is null
            then if(part.is_in_doubt, 'in_doubt', 'not_reported')
        when part.numerator = 0 then 'not_arising'
        else 'in_doubt'
    end as status_without_value,
from core.measured_parts as part
inner join raw.indicator as indicator using (indicator_key)
left join core.figure_doubt as doubt
    on part.indicator_key = doubt.indicator_key
    and part.scope = doubt.scope
    and part.scope_no = doubt.scope_no
    and part.period_key = doubt.period_key
left join core.guarded_indicator as guarded using (indicator_key)
