-- View: one row per indicator with a value of its own measures, scope and period in
-- which it applies there: the value as dividend / divisor, not divided, to
-- date, in the period, and with the figures of silent places as great as can
-- be (best).
select
    part.*,
    part.numerator * indicator.factor::hugeint * part.denominator_places
        as dividend,
    if(indicator.value_kind = 'count', in_unit(1, part.unit), part.denominator)
    * part.numerator_places as divisor,
    part.numerator_in_period
    * indicator.factor::hugeint
    * part.denominator_places_in_period as dividend_in_period,
    if(indicator.value_kind = 'count', in_unit(1, part.unit), part.denominator_in_period)
    * part.numerator_places_in_period as divisor_in_period,
    part.numerator_best
    * indicator.factor::hugeint
    * part.denominator_places_best as dividend_best,
    if(indicator.value_kind = 'count', in_unit(1, part.unit), part.denominator_best)
    * part.numerator_places_best as divisor_best,
    coalesce(dividend is not null and divisor > 0, false) as has_value,
    case
        when dividend is not null and divisor > 0 then null
        when part.numerator is null
            then if(part.is_in_doubt, 'in_doubt', 'not_reported')
        when part.numerator = 0 then 'not_arising'
        else 'in_doubt'
    end as status_without_value,
from core.measured_parts as part
inner join raw.indicator as indicator
    on part.indicator_key = indicator.indicator_key
