-- Grain: report (plan × period) × error or doubt about a figure of its basis: one
-- that is filed under a later period too, where it is about two figures.
select distinct
    basis.plan_id,
    basis.period,
    found.finding_id,
from core.report_basis as basis
inner join (
    select
        finding_id,
        period_key,
    from core.finding_found
    union
    select
        finding_id,
        period_key,
    from core.doubt_figure
) as found using (period_key)
