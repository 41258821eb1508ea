-- One row per plan, newest first (plan_no 1), with its latest period. A plan is
-- over when another one continues it of which something is reported; where one
-- alone is not, the first page is that plan's, and plans are listed elsewhere.
-- Over all plans.
-- Key: plan_no
-- Never null: plan_id, plan_no, plans, number, title, short_title, issuer,
-- source, reports_to, area_name, area_noun, reporting_area_noun, issued_on,
-- in_force_from, reporting_area_title, is_demonstration, audience,
-- as_of, plan_digest, indicators, areas, units, is_first_page, plans_page
with

continued as (

    select distinct
        later.plan_id,
        later.last_year_plan_id as earlier_plan_id,
    from marts.last_year as later
    where later.last_year_plan_id <> later.plan_id

),

over as (

    select distinct continued.earlier_plan_id as plan_id
    from continued
    inner join marts.period as latest
        on continued.plan_id = latest.plan_id
        and latest.is_latest

)

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
    earlier.plan_id as earlier_plan_id,
    earlier.number as earlier_number,
    over.plan_id is null
    and count(*) filter (where over.plan_id is null) over () = 1 as is_first_page,
    if(
        count(*) filter (where over.plan_id is null) over () = 1,
        '/ke-hoach/',
        '/'
    ) as plans_page,
    (
        select count(distinct unit.unit_id)::integer
        from marts.submission_timeliness as unit
        where unit.plan_id = plan.plan_id
    ) as units
from marts.plan as plan
left join marts.period as latest
    on plan.plan_id = latest.plan_id
    and latest.is_latest
left join over
    on plan.plan_id = over.plan_id
left join lateral (
    select
        before.plan_id,
        before.number,
    from continued
    inner join marts.plan as before
        on continued.earlier_plan_id = before.plan_id
    where continued.plan_id = plan.plan_id
    order by before.issued_on desc
    limit 1
) as earlier
    on true
