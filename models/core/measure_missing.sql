-- One row per measure, place, period and closed base period before it of which
-- the place owes the figure (missing_key). In a covering period those before
-- the latest closed one in it count. What the place's own report for a covering
-- period covers is not missing.
with

missing as (

    select
        measure_key,
        place_key,
        period_key,
        data_to,
        span,
    from core.measure_of_period
    where is_base and is_lacking

),

closed_part as (

    select
        cover.measure_key,
        cover.period_key,
        max(part.data_to) as closed_to,
    from raw.measure_cover as cover
    inner join core.period_state as state
        on cover.part_key = state.period_key
    inner join raw.period as part
        on cover.part_key = part.period_key
    where state.is_closed
    group by cover.measure_key, cover.period_key

),

candidate as (

    select
        later.measure_key,
        later.place_key,
        later.period_key,
        later.kind,
        later.data_to,
        later.span,
        later.is_covering,
        missing.period_key as missing_key,
    from missing
    inner join core.measure_of_period as later
        on missing.measure_key = later.measure_key
        and missing.place_key = later.place_key
        and missing.span = later.span
        and missing.data_to <= later.data_to
    left join closed_part
        on later.measure_key = closed_part.measure_key
        and later.period_key = closed_part.period_key
    left join raw.measure_cover as inside
        on later.measure_key = inside.measure_key
        and later.period_key = inside.period_key
        and missing.period_key = inside.part_key
    where
        if(
            later.is_covering and closed_part.closed_to is null,
            inside.part_key is null,
            missing.data_to < coalesce(closed_part.closed_to, later.data_to)
        )

)

select
    candidate.measure_key,
    candidate.place_key,
    candidate.period_key,
    candidate.missing_key,
from candidate
anti join core.covered_period as covered
    on candidate.measure_key = covered.measure_key
    and candidate.place_key = covered.place_key
    and if(candidate.is_covering, candidate.kind, null) = covered.kind
    and candidate.span = covered.span
    and candidate.missing_key = covered.part_key
    and covered.data_to <= candidate.data_to
