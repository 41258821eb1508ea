-- One row per plan, unit and period that a file speaks of, resolved as far as it can be. A unit's
-- code is looked up among those valid on the last day of the period.
with stated as (
    select
        plan, unit, period,
        min(row_no) as first_row,
        count(*) as times,
        bool_or(is_nil_return) as is_nil_return,
        any_value(form_version) as form_version,
        any_value(difficulties) as difficulties,
        any_value(proposals) as proposals,
        arg_min(sheet, row_no) as sheet,
        arg_min(cell, row_no) as cell
    from intake.raw_submission
    group by plan, unit, period
)

select
    (row_number() over (order by first_row))::integer as claim_no,
    stated.*,
    plan.plan_key,
    plan.in_force_from,
    period.period_key,
    period.period_name,
    period.data_from,
    period.data_to,
    period.due_before,
    -- more than thirty days before its last day to send
    not period.is_base and getvariable('received_on') < period.due_before - 31
        as is_early,
    unit.unit_key,
    unit.unit_id,
    unit.unit_name,
    unit.entry_no,
    unit.area_id as unit_area_id
from stated
left join raw.plan as plan on stated.plan = plan.plan_id
left join raw.period as period
    on plan.plan_key = period.plan_key and stated.period = period.period
left join intake.unit_in_period as in_period
    on
        period.plan_key = in_period.plan_key
        and period.period_key = in_period.period_key
        and stated.unit = in_period.unit_code
left join intake.unit as unit on in_period.unit_key = unit.unit_key
