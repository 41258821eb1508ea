-- One row per indicator that is a change, scope and period in which what is
-- compared applies there: the change as dividend / divisor, in percent or in
-- points, with the coverage of the later value. numerator and denominator are
-- the later and the earlier value as fractions. may_change: one of both may.
with

compared as (

    select
        indicator.indicator_key,
        indicator.change_as,
        now.* exclude (indicator_key, may_change, is_in_doubt, least, most),
        now.may_change or coalesce(earlier.may_change, false) as may_change,
        now.is_in_doubt or coalesce(earlier.is_in_doubt, false) as is_in_doubt,
        earlier.earlier_dividend,
        earlier.earlier_divisor,
        now.dividend // gcd(now.dividend, now.divisor) as now_dividend,
        now.divisor // gcd(now.dividend, now.divisor) as now_divisor,
    from raw.indicator as indicator
    inner join core.measured_fraction as now
        on indicator.of_key = now.indicator_key
        and now.scope <> 'group'
    left join core.change_earlier as earlier
        on indicator.indicator_key = earlier.indicator_key
        and now.scope = earlier.scope
        and now.scope_no = earlier.scope_no
        and now.period_key = earlier.period_key
    where indicator.value_kind = 'change'

),

changed as (

    select
        * exclude (dividend, divisor),
        case
            when not has_value or earlier_dividend is null then null
            when change_as = 'points'
                then
                    now_dividend * earlier_divisor
                    - earlier_dividend * now_divisor
            when earlier_dividend > 0
                then (
                    now_dividend * earlier_divisor
                    - earlier_dividend * now_divisor
                ) * 100
        end as dividend,
        if(
            change_as = 'points',
            now_divisor * earlier_divisor,
            earlier_dividend * now_divisor
        ) as divisor,
    from compared

)

select
    * exclude (has_value, status_without_value),
    dividend is not null as has_value,
    case
        when dividend is not null then null
        when earlier_dividend is null then 'not_applicable'
        when status_without_value is not null then status_without_value
        when now_dividend = 0 then 'not_arising'
        else 'not_applicable'
    end as status_without_value,
from changed
