-- One row per period in which its plan is in force on the period's last
-- day. Earlier periods are not applicable, never missing.
select
    period.plan_key,
    period.period_key,
    period.kind,
    period.year,
    period.position,
    period.is_base,
    period.data_to,
from raw.period as period
inner join raw.plan as plan using (plan_key)
where period.data_to >= plan.in_force_from
