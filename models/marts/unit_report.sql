-- One row per report that a unit owes: under which plan, for which period, by
-- when, and what has become of it. state: returned where the last file was
-- refused and nothing right has come since, not_sent, to_explain where it is in
-- and a doubt about it is open, else received.
with

refused as (

    select
        unit_key,
        period_key,
        max(received_at) as returned_at,
    from (
        from core.finding_refused
        union all by name
        from core.finding_sent_back
    )
    group by unit_key, period_key

),

doubt as (

    select
        plan_id,
        period,
        unit_id,
        count(*)::integer as doubts,
        count(*) filter (where is_sensitive)::integer as sensitive_doubts,
    from marts.findings
    where severity = 'doubt' and not is_acknowledged
    group by plan_id, period, unit_id

),

report as (

    select
        -- keys
        owed.plan_id,
        owed.period,
        owed.unit_id,

        -- names
        owed.unit_code,
        owed.period_name,
        owed.period_no,
        unit.area_id,

        -- when it is due, and when it came, in office time
        owed.due_before,
        owed.is_extended,
        office_today() >= owed.due_before as is_past_due,
        -- days that are left, the last one counted
        (owed.due_before - office_today())::integer as days_left,
        owed.timeliness,
        owed.days_late,
        owed.first_received_at,
        owed.last_received_at,
        owed.submissions,
        office_time(refused.returned_at) as returned_at,

        -- what has become of it
        coalesce(doubt.doubts, 0) as doubts,
        coalesce(doubt.sensitive_doubts, 0) as sensitive_doubts,
        case
            when refused.period_key is not null then 'returned'
            when owed.submissions = 0 then 'not_sent'
            when doubt.doubts > 0 then 'to_explain'
            else 'received'
        end as state,
    from marts.submission_timeliness as owed
    inner join raw.unit as unit using (plan_id, unit_id)
    inner join raw.period as period using (plan_id, period)
    left join refused using (unit_key, period_key)
    left join doubt using (plan_id, period, unit_id)
    where owed.timeliness <> 'not_applicable'

)

select
    report.*,
    wanted_of(state, timeliness, days_left) as wanted,
from report
