-- One row per plan, newest first (plan_no 1), with its latest period.
-- Over all plans.
-- Key: plan_no
-- Never null: plan_id, plan_no, plans, number, title, short_title, issuer,
-- source, reports_to, area_name, area_noun, reporting_area_noun, issued_on,
-- in_force_from, reporting_area_title, is_demonstration, audience,
-- as_of, plan_digest, indicators, areas, units
select
    plan.plan_id,
    row_number() over (order by plan.issued_on desc, plan.plan_id)::integer
        as plan_no,
    count(*) over ()::integer as plans,
    plan.number,
    plan.title,
    plan.short_title,
    plan.issuer,
    plan.carries_out,
    plan.source,
    plan.reports_to,
    plan.area_name,
    plan.area_noun,
    coalesce(plan.reporting_area_noun, 'địa bàn') as reporting_area_noun,
    marts.day_text(plan.issued_on) as issued_on,
    marts.day_text(plan.in_force_from) as in_force_from,
    upper(left(coalesce(plan.reporting_area_noun, 'địa bàn'), 1))
    || substr(coalesce(plan.reporting_area_noun, 'địa bàn'), 2)
        as reporting_area_title,
    plan.is_demonstration,
    plan.audience,
    -- the day alone: with it changes what is late, closed or due
    'ngày ' || marts.day_text(plan.as_of::timestamp) as as_of,
    left(plan.plan_sha256, 12) as plan_digest,
    (
        select arg_max(period.kind, period.is_base)
        from marts.period as period
        where period.plan_id = plan.plan_id
    ) as base_kind,
    latest.period as latest_period,
    latest.period_name as latest_period_name,
    (
        select count(*)::integer
        from marts.indicator as indicator
        where indicator.plan_id = plan.plan_id
    ) as indicators,
    (
        select count(*)::integer
        from marts.area as area
        where area.plan_id = plan.plan_id
    ) as areas,
    (
        select count(distinct unit.unit_id)::integer
        from marts.submission_timeliness as unit
        where unit.plan_id = plan.plan_id
    ) as units
from marts.plan as plan
left join marts.period as latest
    on plan.plan_id = latest.plan_id
    and latest.is_latest
