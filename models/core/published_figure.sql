-- One row per figure of a guarded measure that a published version tells: of
-- an area or of the whole area (scope_key 0), for a period to date or in it
-- (reach). A version tells figures of its own period and, by what it compares
-- them with, of others. As the city's pages have them: what the shared
-- audience was not shown is in core.published_measure.
with

line as (

    select
        line.*,
        before.previous_key,
        before.last_year_key,
    from core.published_measure as line
    left join core.period_before as before using (period_key)
    where line.audience = 'city'

)

select
    measure_key,
    scope_key,
    period_key,
    'to_date' as reach,
    value,
from line

union all

select
    measure_key,
    scope_key,
    period_key,
    'in_period' as reach,
    value_in_period as value,
from line

union all

-- what stood before its own period
select
    measure_key,
    scope_key,
    previous_key as period_key,
    'to_date' as reach,
    value - value_in_period as value,
from line
where over_time = 'sum'

union all

-- what it compares its figures with
select
    measure_key,
    scope_key,
    previous_key as period_key,
    'to_date' as reach,
    previous_value as value,
from line
where previous_value is not null

union all

select
    measure_key,
    scope_key,
    last_year_key as period_key,
    'to_date' as reach,
    last_year_value as value,
from line
where last_year_value is not null
