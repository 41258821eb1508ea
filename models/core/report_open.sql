-- One row per report (plan and period): what keeps it from being official, null
-- where nothing does. owed: earlier periods of its basis for which a report is
-- owed, as names in a line; provisional: indicators of which something said of the
-- whole or a place is provisional, by their codes.
with

owed as (

    select
        basis.plan_key,
        basis.period,
        string_agg(
            distinct source.period_name, ', ' order by source.period_name
        ) as periods,
    from core.report_basis as basis
    inner join core.report_owed as report using (plan_key, period_key)
    inner join raw.period as source using (period_key)
    anti join core.submission_current as submission using (unit_key, period_key)
    where source.period <> basis.period
    group by basis.plan_key, basis.period

),

provisional as (

    select
        attainment.period_key,
        string_agg(
            distinct indicator.indicator_code, ', ' order by indicator.indicator_code
        ) as codes,
    from core.attainment as attainment
    inner join raw.indicator as indicator using (indicator_key)
    where attainment.is_provisional
    group by attainment.period_key

)

select
    period.plan_id,
    period.period,
    owed.periods as owed,
    provisional.codes as provisional,
from raw.period as period
left join owed using (plan_key, period)
left join provisional using (period_key)
