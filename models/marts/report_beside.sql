-- One row per plan, period and earlier period (previous, last_year) beside whose
-- published figures those of its report stand, where something else would be
-- published of that earlier period now: its latest version, how many figures
-- are another or stand beside another, and how many, guarded ones left out, are
-- another themselves.
with

compared as (

    select
        plan_id,
        period,
        'previous' as compared,
        plan_id as earlier_plan_id,
        previous_period as earlier_period,
    from core.period_before
    union all
    select
        plan_id,
        period,
        'last_year' as compared,
        last_year_plan_id as earlier_plan_id,
        last_year_period as earlier_period,
    from core.period_before

)

select
    compared.*,
    earlier.version,
    earlier.figures_changed_since as figures,
    earlier.own_figures_changed_since as own_figures,
from compared
inner join marts.report_since as earlier
    on compared.earlier_plan_id = earlier.plan_id
    and compared.earlier_period = earlier.period
where earlier.figures_changed_since > 0
