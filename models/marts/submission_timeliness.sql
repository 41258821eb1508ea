-- One row per unit of which its plan asks anything, and period: when its
-- report was due, when it came, and whether that was on time; not_applicable
-- where it owes none. More time that was granted counts. Due dates are exclusive and in
-- Asia/Ho_Chi_Minh: before 10/6 means by the end of 9/6 there.
with

received as (

    select
        unit_key,
        period_key,
        min(received_at) as first_received_at,
        max(received_at) as last_received_at,
        count(*) as submissions,
        arg_max(sha256, (received_at, submission_no)) as sha256,
        arg_max(file_name, (received_at, submission_no)) as file_name,
        arg_max(is_nil_return, (received_at, submission_no)) as is_nil_return,
    from core.submission_kept
    group by unit_key, period_key

),

-- the last grant holds, a later day than the plan's or not
extended as (

    select
        unit_key,
        period_key,
        arg_max(due_before, report_no) as due_before,
    from staging.report_act
    where act = 'granted'
    group by unit_key, period_key

),

due as (

    select
        unit.*,
        period.period_key,
        period.period,
        period.period_name,
        period.period_no,
        coalesce(extended.due_before, period.due_before) as due_before,
        extended.due_before is not null as is_extended,
        owed.period_key is not null as is_owed,
    from raw.unit as unit
    inner join raw.period as period using (plan_key)
    semi join raw.measure_place as place using (unit_key)
    left join core.report_owed as owed using (unit_key, period_key)
    left join extended using (unit_key, period_key)
    left join raw.area as area using (area_id)
    where
        (area.valid_from is null or area.valid_from <= period.data_to)
        and (area.valid_to is null or period.data_to <= area.valid_to)

),

dated as (

    select
        due.*,
        received.* exclude (unit_key, period_key),
        (received.first_received_at at time zone 'Asia/Ho_Chi_Minh')::date
            as received_on,
    from due
    left join received using (unit_key, period_key)

)

select
    -- keys
    plan_id,
    unit_id,
    period,

    -- names
    unit_code,
    unit_name,
    unit_short_name,
    item,
    unit_no,
    area_id,
    period_name,
    period_no,

    -- times, in office time
    due_before,
    is_extended,
    office_time(first_received_at) as first_received_at,
    office_time(last_received_at) as last_received_at,

    -- what came
    coalesce(submissions, 0)::integer as submissions,
    coalesce(is_nil_return, false) as is_nil_return,
    file_name,
    sha256,
    case
        when not is_owed then 'not_applicable'
        when received_on is null and office_today() < due_before then 'not_due'
        when received_on is null then 'missing'
        when received_on < due_before then 'on_time'
        else 'late'
    end as timeliness,
    -- 1 is the day after the last day on which it was on time
    case
        when received_on >= due_before
            then (received_on - due_before + 1)::integer
    end as days_late,
from dated
