-- One row per plan, indicator, period and place (area_id null: the whole area)
-- with a value that is told: by how much it is better than what is asked of it
-- (below 0: worse; a range and a condition have no such distance), and by how
-- much it differs from the value of the period before in the same year.
-- Key: plan_id, indicator_code, period, area_id
-- Never null: plan_id, indicator_code, period
with

told as (

    from marts.indicator_figure()
    where value_shown is not null

)

select
    told.plan_id,
    told.indicator_code,
    told.period,
    told.area_id,
    case
        when told.target_to is not null then null
        when told.area_id is null and indicator.target_scope = 'each' then null
        -- a place fulfils a condition or does not
        when
            indicator.value_kind not in ('ratio', 'count', 'change')
            and (
                told.area_id is not null
                or indicator.value_kind not in ('share_of_areas', 'share_of_units')
            )
            then null
        when told.target_comparator in ('>', '>=')
            then marts.difference(
                told.value, told.target_value, told.value_shown, told.target_value
            )
        when told.target_comparator in ('<', '<=')
            then marts.difference(
                told.target_value, told.value, told.target_value, told.value_shown
            )
    end::double as beyond_target,
    marts.difference(
        told.value, earlier.value, told.value_shown, earlier.value_shown
    )::double as change,
from told
inner join marts.indicator as indicator using (plan_id, indicator_code)
inner join marts.period_before as before using (plan_id, period)
left join told as earlier
    on told.plan_id = earlier.plan_id
    and told.indicator_code = earlier.indicator_code
    and before.previous_period = earlier.period
    and told.area_id is not distinct from earlier.area_id
