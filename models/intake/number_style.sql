-- One row per way in which numbers of the file that can mean one thing only are written: `comma`
-- before decimals and dots between thousands, or `dot` the other way round.
with typed as (
    select distinct number_core(value_said(mark."value")) as core, measure.decimals
    from intake.number_mark as mark
    join raw.plan as plan on mark.plan = plan.plan_id
    join intake.measure as measure
        on plan.plan_key = measure.plan_key and mark.measure = measure.measure
    where measure.kind = 'count'
),

shaped as (select *, number_shape(core) as shape from typed)

select distinct shown_style(core, shape, decimals) as style
from shaped
where style is not null
