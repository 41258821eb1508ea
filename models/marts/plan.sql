-- One row per plan, with the head of its pages.
with

received as (

    select
        plan_key,
        bool_or(is_demonstration) as is_demonstration,
        count(*) as submissions,
        max(received_at) as last_received_at,
    from staging.submission
    group by plan_key

)

select
    plan.* exclude (plan_key, continues_key),
    coalesce(received.is_demonstration, false) as is_demonstration,
    coalesce(received.submissions, 0)::integer as submissions,
    office_time(received.last_received_at) as last_received_at,
    office_time(getvariable('now')) as as_of,
from raw.plan as plan
left join received using (plan_key)
