-- Grain: plan × period. The head of the report.
with

unit as (

    select
        plan_id,
        period,
        count(*)::integer as units_expected,
        count(*) filter (where submissions > 0)::integer as units_reported,
    from marts.submission_timeliness
    where timeliness <> 'not_applicable'
    group by plan_id, period

),

-- of which other figures are known now than their published versions have
changed as (

    select
        plan_id,
        period,
        max(version) filter (where compared = 'previous')
            as previous_changed_version,
        max(version) filter (where compared = 'last_year')
            as last_year_changed_version,
    from marts.report_beside
    where own_figures > 0
    group by plan_id, period

),

-- of which a report that counts came before its last day was over; without one of
-- its own, what a unit sent for the parts counts in a covering period
estimated as (

    select
        own.plan_id,
        period.period,
    from marts.period as period
    inner join marts.submission_timeliness as own using (plan_id, period)
    inner join marts.submission_timeliness as sent using (plan_id, unit_id)
    inner join marts.period as part
        on sent.plan_id = part.plan_id
        and sent.period = part.period
        and period.data_to = part.data_to
    where
        period.is_estimate
        and sent.last_received_at::date <= part.data_to
        and (
            part.period = period.period
            or (own.submissions = 0 and not period.is_base)
        )
    group by own.plan_id, period.period

),

area as (

    select
        period_key,
        count(*)::integer as areas,
    from core.place_in_period
    where place_role = 'there'
    group by period_key

)

select
    plan.plan_id as report_plan,
    period.period as report_period,

    -- the plan, and its document
    plan.* exclude (
        plan_key, continues_key, number, title, short_title, document_recipients
    ),
    plan.number as plan_number,
    plan.title as plan_title,
    plan.short_title as plan_short_title,
    from_json(plan.document_recipients, '["varchar"]') as document_recipients,

    -- the period
    period.period,
    period.period_name,
    period.kind as period_kind,
    period.year,
    period.data_from,
    period.data_to,
    period.due_before,
    estimated.period is not null as is_estimate,
    before.previous_period,
    before.previous_period_name,
    before.last_year_period,
    before.last_year_period_name,
    changed.previous_changed_version,
    changed.last_year_changed_version,

    -- coverage
    coalesce(area.areas, 0) as areas,
    coalesce(unit.units_expected, 0) as units_expected,
    coalesce(unit.units_reported, 0) as units_reported,
    known.is_demonstration,
from raw.plan as plan
inner join raw.period as period using (plan_key)
inner join core.period_before as before using (period_key)
inner join marts.plan as known
    on plan.plan_id = known.plan_id
left join changed
    on period.plan_id = changed.plan_id
    and period.period = changed.period
left join unit
    on period.plan_id = unit.plan_id
    and period.period = unit.period
left join area using (period_key)
left join estimated
    on period.plan_id = estimated.plan_id
    and period.period = estimated.period
where is_drafted(plan.plan_id, period.period)
