-- Violations: a status that contradicts attained, or a value or a shown value
-- that contradicts it by the target beside them. Where each place or group has
-- to hold, the whole's own value decides nothing.
select
    plan.plan_id,
    indicator.indicator_code,
    indicator.comparator,
    attainment.*,
from core.attainment as attainment
inner join raw.indicator as indicator using (indicator_key)
inner join raw.plan as plan on indicator.plan_key = plan.plan_key
where
    not list_contains(all_statuses(), status)
    or attained_by(status) is distinct from attained
    or (
        attained is not null
        and attainment.target_value is not null
        and not (attainment.area_id is null and indicator.scope in ('each', 'groups'))
        and (
            fulfils(value, comparator, attainment.target_value, target_to)
            is distinct from attained
            or fulfils(value_shown, comparator, attainment.target_value, target_to)
            is distinct from attained
        )
    )
