-- One row per plan, indicator, period and place (area_id null: the whole area)
-- with a value that is told: by how much it is better than what is asked of it
-- (below 0: worse; a range and a condition have no such distance), and by how
-- much it differs from the value of the period before in the same year.
-- Key: plan_id, indicator_code, period, area_id
-- Never null: plan_id, indicator_code, period
select
    plan_id,
    indicator_code,
    period,
    area_id,
    if(
        target_value is not null
        and target_to is null
        and target_comparator <> '='
        -- a place fulfils a condition or does not
        and (
            value_kind in ('ratio', 'count', 'change')
            or (area_id is null and value_kind in ('share_of_areas', 'share_of_units'))
        ),
        if(target_comparator in ('<', '<='), -1, 1) * from_target,
        null
    ) as beyond_target,
    since_before as change
from marts.indicator_point()
where value is not null
