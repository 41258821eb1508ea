-- One row per plan, indicator and period: how many wards stand how.
-- Never null: plan_id, indicator_code, period, wards, met, on_track, behind,
-- not_met, not_arising, not_reported, not_applicable, withheld, hidden
select
    plan_id,
    indicator_code,
    period,
    count(*)::integer as wards,
    count(*) filter (where status_shown = 'met')::integer as met,
    count(*) filter (where status_shown = 'on_track')::integer as on_track,
    count(*) filter (where status_shown = 'behind')::integer as behind,
    count(*) filter (where status_shown = 'not_met')::integer as not_met,
    count(*) filter (where status_shown = 'not_arising')::integer as not_arising,
    count(*) filter (where status_shown = 'not_reported')::integer as not_reported,
    count(*) filter (where status_shown = 'not_applicable')::integer
        as not_applicable,
    count(*) filter (where status_shown = 'withheld')::integer as withheld,
    count(*) filter (where is_disclosive)::integer as hidden
from marts.attainment_by_ward_period
group by plan_id, indicator_code, period
