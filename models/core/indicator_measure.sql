-- One row per indicator and measure that it is based on, also through the value
-- that it compares or the indicators that it asks for together.
with recursive

under as (

    select
        indicator_key,
        indicator_key as under_key,
    from raw.indicator
    union
    select
        under.indicator_key,
        beneath.under_key,
    from under
    inner join (
        select
            indicator_key,
            of_key as under_key,
        from raw.indicator
        where of_key is not null
        union all
        select
            indicator_key,
            component_key as under_key,
        from raw.indicator_component
    ) as beneath
        on under.under_key = beneath.indicator_key

)

select distinct
    under.indicator_key,
    part.measure_key,
from under
inner join raw.indicator_part as part
    on under.under_key = part.indicator_key
