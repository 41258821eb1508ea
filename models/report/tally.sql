-- One row per audience, plan, period and area (area_id null: the plan's
-- whole area): how many indicators stand how. Rank 1 is the area with most
-- indicators not met or behind; who did not report is not ranked by it.
with

counted as (

    select
        report_plan,
        report_period,
        audience,
        area_id,
        any_value(area_code) as area_code,
        any_value(area_name) as area_name,
        area_no,
        count(*)::integer as indicators,
        count(*) filter (where status = 'met')::integer as met,
        count(*) filter (where status = 'on_track')::integer as on_track,
        count(*) filter (where status = 'behind')::integer as behind,
        count(*) filter (where status = 'not_met')::integer as not_met,
        count(*) filter (where status = 'not_arising')::integer as not_arising,
        count(*) filter (where status = 'not_reported')::integer
            as not_reported,
        count(*) filter (where status = 'not_applicable')::integer
            as not_applicable,
        count(*) filter (where status = 'withheld')::integer as withheld,
    from report.line
    where section = 'indicator'
    group by report_plan, report_period, audience, area_id, area_no

)

select
    *,
    if(
        area_id is null or not_met + behind = 0,
        null,
        rank() over (
            partition by
                report_plan, report_period, audience, area_id is null
            order by not_met + behind desc
        )
    )::integer as attention_rank,
from counted
order by report_plan, report_period, audience, area_no
