-- One row per indicator, slot, place and period before which the place owes
-- reports of closed base periods: how many. In a covering period those before
-- the latest closed one in it count. What the place's own reports for covering
-- periods cover, in all of its flows (of a count: in one), is not missing.
with

missing as (

    select
        slot.indicator_key,
        slot.slot_no,
        slot.place_key,
        slot.period_key,
        any_value(period.data_to) as data_to,
        -- its flows may be of the year and of the plan
        min(figure.span) as span,
        max(figure.span) as other_span,
    from core.indicator_by_place as slot
    inner join core.period_state as state
        on slot.period_key = state.period_key
    inner join raw.period as period
        on slot.period_key = period.period_key
    inner join core.indicator_figure as figure
        on slot.indicator_key = figure.indicator_key
        and slot.slot_no = figure.slot_no
        and slot.place_key = figure.place_key
        and slot.period_key = figure.period_key
    where
        slot.is_base
        and slot.is_there
        and state.is_closed
        and not slot.is_sent
        and figure.is_base
        and figure.is_main
    group by slot.indicator_key, slot.slot_no, slot.place_key, slot.period_key

),

-- base periods of an indicator's flows, or of its stocks, in a covering period
inside as (

    select
        part.indicator_key,
        measure.over_time = 'last' as is_lasting,
        cover.period_key,
        cover.part_key,
        bool_or(state.is_closed) as is_closed,
        any_value(period.data_to) as data_to,
    from raw.indicator_part as part
    inner join raw.measure as measure
        on part.measure_key = measure.measure_key
    inner join raw.measure_cover as cover
        on part.measure_key = cover.measure_key
    inner join core.period_state as state
        on cover.part_key = state.period_key
    inner join raw.period as period
        on cover.part_key = period.period_key
    group by all

),

closed_part as (

    select
        indicator_key,
        is_lasting,
        period_key,
        max(data_to) filter (where is_closed) as closed_to,
    from inside
    group by indicator_key, is_lasting, period_key

),

candidate as (

    select
        later.indicator_key,
        later.value_kind,
        later.slot_no,
        later.place_key,
        later.period_key,
        period.kind,
        period.data_to,
        missing.period_key as missing_key,
    from missing
    inner join core.indicator_by_place as later
        on missing.indicator_key = later.indicator_key
        and missing.slot_no = later.slot_no
        and missing.place_key = later.place_key
        and (
            missing.span in (later.span, later.other_span)
            or missing.other_span in (later.span, later.other_span)
        )
    inner join raw.period as period
        on later.period_key = period.period_key
        and missing.data_to <= period.data_to
    left join closed_part
        on later.indicator_key = closed_part.indicator_key
        and later.is_lasting = closed_part.is_lasting
        and later.period_key = closed_part.period_key
    left join inside
        on later.indicator_key = inside.indicator_key
        and later.is_lasting = inside.is_lasting
        and later.period_key = inside.period_key
        and missing.period_key = inside.part_key
    where
        case
            when later.is_base then missing.data_to < period.data_to
            when closed_part.closed_to is null then inside.part_key is null
            else missing.data_to < closed_part.closed_to
        end

),

covered as (

    select
        candidate.indicator_key,
        candidate.slot_no,
        candidate.place_key,
        candidate.period_key,
        candidate.missing_key,
        any_value(candidate.value_kind) as value_kind,
        count(distinct figure.measure_key) as measures,
        count(distinct covered.measure_key) as measures_covered,
    from candidate
    inner join core.indicator_figure as figure
        on candidate.indicator_key = figure.indicator_key
        and candidate.slot_no = figure.slot_no
        and candidate.place_key = figure.place_key
        and candidate.period_key = figure.period_key
        and figure.is_main
    left join core.covered_period as covered
        on if(figure.is_covering, figure.measure_key, null)
        = covered.measure_key
        and figure.place_key = covered.place_key
        and figure.span = covered.span
        and candidate.kind = covered.kind
        and candidate.missing_key = covered.part_key
        and covered.data_to <= candidate.data_to
    group by all
    having
        if(
            any_value(candidate.value_kind) = 'count',
            measures_covered > 0,
            measures_covered = measures
        )

)

select
    candidate.indicator_key,
    candidate.slot_no,
    candidate.place_key,
    candidate.period_key,
    count(*)::integer as periods_missing_before,
from candidate
anti join covered
    on candidate.indicator_key = covered.indicator_key
    and candidate.slot_no = covered.slot_no
    and candidate.place_key = covered.place_key
    and candidate.period_key = covered.period_key
    and candidate.missing_key = covered.missing_key
group by all
