-- One row per period: what it is as of the asked moment. 'future': its data
-- begin later, and nothing has come. 'closed': its deadline has passed, or
-- every unit that owes a report has sent one. 'open': all others.
with

owed as (

    select
        owed.period_key,
        count(*) = count(submission.unit_key) as is_complete,
    from core.report_owed as owed
    left join core.submission_current as submission using (unit_key, period_key)
    group by owed.period_key

),

sent as (

    select distinct period_key
    from core.submission_current

)

select
    period.period_key,
    case
        when moment >= period.due_before or coalesce(owed.is_complete, false)
            then 'closed'
        when moment < period.data_from and sent.period_key is null
            then 'future'
        else 'open'
    end as state,
    state = 'closed' as is_closed,
from raw.period as period
cross join (
    select getvariable('now') at time zone 'Asia/Ho_Chi_Minh' as moment
) as clock
left join owed using (period_key)
left join sent using (period_key)
