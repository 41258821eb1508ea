-- One row per period in force and period whose readings its figures to date
-- can be based on: the periods of its kind so far in the year (to_date_period),
-- each by its own readings or by those of a period in it over which
-- a measure adds up.
with

to_date as (

    select
        asked.plan_key,
        asked.period_key,
        earlier.period_key as to_date_key,
    from core.period_in_force as asked
    inner join core.period_in_force as earlier
        on asked.plan_key = earlier.plan_key
        and asked.kind = earlier.kind
        and asked.year = earlier.year
        and earlier.position <= asked.position

),

stands_on as (

    select
        *,
        to_date_key as source_key,
    from to_date
    union all
    select
        to_date.*,
        cover.part_key as source_key,
    from to_date
    inner join (
        select distinct
            period_key,
            part_key,
        from raw.measure_cover
    ) as cover
        on to_date.to_date_key = cover.period_key
    semi join core.period_in_force as in_force
        on cover.part_key = in_force.period_key

)

select
    asked.plan_id,
    asked.period,
    to_date.period as to_date_period,
    source.period as source_period,
    stands_on.source_key <> stands_on.to_date_key as is_covered,
from stands_on
inner join raw.period as asked using (period_key)
inner join raw.period as to_date
    on stands_on.to_date_key = to_date.period_key
inner join raw.period as source
    on stands_on.source_key = source.period_key
