-- Grain: audience × report (plan × period) × cause of differences from the
-- latest published version that the audience sees, in the order of
-- report.moved: what happened, what of its own measures changed with it, and
-- how many differences follow from it, some of them from others, too.
with

followed as (

    select
        difference.*,
        moved.cause_key,
        moved.kind,
        moved.unit_name,
        moved.source_period,
        moved.source_period_name,
        moved.due_before,
        moved.receipt_no,
        moved.received_at,
        moved.replaced_at,
        moved.version,
    from report.follows as follows
    inner join report.difference as difference
        on follows.report_plan = difference.report_plan
        and follows.report_period = difference.report_period
        and follows.audience = difference.audience
        and follows.difference_no = difference.difference_no
    inner join report.moved as moved
        on follows.report_plan = moved.report_plan
        and follows.report_period = moved.report_period
        and follows.cause_key = moved.cause_key

),

counted as (

    select
        report_plan,
        report_period,
        audience,
        cause_key,
        kind,
        unit_name,
        source_period as period,
        source_period_name as period_name,
        due_before,
        receipt_no,
        received_at,
        replaced_at,
        version,
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
    from followed
    group by all

)

select
    *,
    row_number() over (
        partition by report_plan, report_period, audience order by cause_key
    )::integer as cause_no,
from counted
order by report_plan, report_period, audience, cause_no
