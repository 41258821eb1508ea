-- Violations: counts of statuses that do not add up to what was counted.
select
    'marts.status_by_place' as counted_in,
    plan_id,
    period,
    area_id::varchar as counted_of,
    indicators as counted,
    list_sum([*columns(lambda name: list_contains(all_statuses(), name))])
        as added_up,
from marts.status_by_place
where counted is distinct from added_up
union all by name
select
    'marts.status_by_indicator' as counted_in,
    plan_id,
    period,
    indicator_code as counted_of,
    wards as counted,
    list_sum([*columns(lambda name: list_contains(all_statuses(), name))])
        as added_up,
from marts.status_by_indicator
where counted is distinct from added_up
