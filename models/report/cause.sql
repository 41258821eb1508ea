-- Grain: audience × report (plan × period) × cause of differences from the
-- latest published version that the audience sees, in the order of
-- report.moved: what happened, what of its own measures changed with it, and
-- how many differences follow from it, some of them from others, too.
with

counted as (

    select
        report_plan,
        report_period,
        audience,
        cause_key,
        moved.kind,
        moved.unit_name,
        moved.source_period as period,
        moved.source_period_name as period_name,
        moved.due_before,
        moved.receipt_no,
        moved.received_at,
        moved.replaced_at,
        moved.version,
        if(audience = 'shared', null, moved.reason) as reason,
        count(*)::integer as changes,
        count(distinct code) filter (where section = 'measure')::integer as measures,
        -- a yes or no of a place is no verdict
        count(*) filter (
            where section = 'indicator'
            and field = 'status'
            and area_id is not null
            and coalesce(old_value, '') not in ('true', 'false')
            and coalesce(new_value, '') not in ('true', 'false')
        )::integer as area_verdicts,
    from report.follows as follows
    inner join report.difference as difference
        using (report_plan, report_period, audience, difference_no)
    inner join report.moved as moved using (report_plan, report_period, cause_key)
    group by all

)

select
    *,
    row_number() over (
        partition by report_plan, report_period, audience order by cause_key
    )::integer as cause_no,
from counted
order by report_plan, report_period, audience, cause_no
