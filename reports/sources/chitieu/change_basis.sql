-- One row per indicator that is a change, period and place (area_id null: the
-- plan's whole area): where the value that it is compared with is from.
-- Key: plan_id, indicator_code, period, area_id
-- Never null: plan_id, indicator_code, period, earlier_kind, earlier_year,
-- earlier_position
select
    plan_id,
    indicator_code,
    period,
    area_id,
    earlier_kind,
    earlier_year,
    earlier_position,
    earlier_plan_id,
    earlier_code,
    earlier_period,
    earlier_name,
    source,
    made_of,
    apart
from marts.change_basis
