-- One row per indicator with a pace and period: the share of the target that
-- must be reached by then, the target itself at the year's end. It is shown
-- to the millionth; the status is decided without rounding (core.attainment).
select
    indicator.indicator_key,
    period.period_key,
    rounded_quotient(
        (indicator.target_value * 10000)::bigint::hugeint
        * standing.position
        * 100,
        standing.positions::hugeint
    ) * 0.000001 as pace_value,
from raw.indicator as indicator
inner join raw.period as period
    on indicator.plan_key = period.plan_key
inner join core.period_standing as standing
    on period.period_key = standing.period_key
where indicator.pace = 'linear'
