-- One row per indicator that is a change and period of its plan: the period
-- that it is compared with, as a place in time, whichever plan has it.
select
    indicator.indicator_key,
    indicator.of_key,
    indicator.change_from,
    period.period_key,
    if(indicator.change_from = 'period', indicator.change_kind, period.kind)
        as kind,
    case indicator.change_from
        when 'period' then indicator.change_year
        when 'last_year' then period.year - 1
        else period.year
    end as year,
    case indicator.change_from
        when 'period' then indicator.change_position
        when 'last_year' then period.position
        else period.position - 1
    end as position,
from raw.indicator as indicator
inner join raw.period as period using (plan_key)
where indicator.value_kind = 'change'
