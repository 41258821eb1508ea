-- One row per indicator or measure of a plan, and the same one in that plan
-- (plans_back 0) or in a plan that it continues.
with recursive

item as (

    select
        'indicator' as section,
        indicator_key as item_key,
        plan_key,
        indicator_code as code,
    from raw.indicator
    where is_shown
    union all
    select
        'measure' as section,
        measure_key as item_key,
        plan_key,
        measure as code,
    from raw.measure

),

continues as (

    select
        'indicator' as section,
        indicator_key as item_key,
        earlier_key,
    from raw.indicator_continues
    union all
    select
        'measure' as section,
        measure_key as item_key,
        earlier_key,
    from raw.measure_continues

),

line as (

    select
        section,
        item_key,
        item_key as earlier_key,
        0 as plans_back,
    from item
    union all
    select
        line.section,
        line.item_key,
        continues.earlier_key,
        line.plans_back + 1 as plans_back,
    from line
    inner join continues
        on line.section = continues.section
        and line.earlier_key = continues.item_key
    where line.plans_back < 20

)

select
    line.section,
    item.plan_key,
    item.code,
    earlier.plan_key as earlier_plan_key,
    earlier.code as earlier_code,
    line.plans_back,
from line
inner join item using (section, item_key)
inner join item as earlier
    on line.section = earlier.section
    and line.earlier_key = earlier.item_key
