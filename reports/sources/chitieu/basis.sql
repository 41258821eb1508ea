-- One row per plan, indicator, period, measure of the indicator, place (an
-- area, or a unit where area_id is null) and reading that its figure to date
-- stands on or stood on, and one where a reading is due and there is none.
-- usage: counts, earlier (a stock that was reported anew), replaced (by a
-- later submission), blank, not_sent. Where small counts are withheld,
-- value, state, note, usage and cell are.
-- Never null: plan_id, indicator_code, period, role, part_no, measure,
-- measure_name, unit, kind, over_time, unit_id, unit_name, source_period,
-- source_name, row_no, is_in_period, is_hidden
with

due as (

    select
        part.plan_id,
        part.indicator_code,
        basis.period,
        part.role,
        part.part_no,
        part.measure,
        part.comparator,
        part.threshold,
        measure.over_time,
        place.unit_id,
        place.area_id,
        basis.to_date_period,
        basis.source_period,
        basis.is_covered,
        stood.data_to as stood_to,
        source.data_to as source_to,
        source.period_no as source_no,
        own.submission_no is not null as is_own
    from marts.indicator_part as part
    inner join marts.measure as measure
        on part.plan_id = measure.plan_id
        and part.measure = measure.measure
    inner join marts.measure_place as place
        on part.plan_id = place.plan_id
        and part.measure = place.measure
    inner join marts.period_basis as basis
        on part.plan_id = basis.plan_id
    inner join marts.period as asked
        on basis.plan_id = asked.plan_id
        and basis.period = asked.period
    inner join marts.period as stood
        on basis.plan_id = stood.plan_id
        and basis.to_date_period = stood.period
    inner join marts.period as source
        on basis.plan_id = source.plan_id
        and basis.source_period = source.period
    left join marts.area as area
        on part.plan_id = area.plan_id
        and place.area_id = area.area_id
    left join marts.submission as own
        on part.plan_id = own.plan_id
        and place.unit_id = own.unit_id
        and basis.to_date_period = own.period
        and own.is_current
    where
        (
            area.valid_from is null
            or area.valid_from
            <= least(asked.data_to, stood.data_to, source.data_to)
        )
        and (
            area.valid_to is null
            or greatest(asked.data_to, stood.data_to, source.data_to)
            <= area.valid_to
        )

),

-- a period that covers others stands on its own submission where there is
-- one, else on theirs, and so does a stock that its own leaves blank
taken as (

    select due.*
    from due
    inner join marts.period as stood
        on due.plan_id = stood.plan_id
        and due.to_date_period = stood.period
    left join marts.reading as own
        on due.plan_id = own.plan_id
        and due.measure = own.measure
        and due.unit_id = own.unit_id
        and due.area_id is not distinct from own.area_id
        and due.to_date_period = own.period
        and own.is_current
    where
        stood.is_base
        or due.is_own <> due.is_covered
        or (due.is_own and due.over_time = 'last' and coalesce(own.is_blank, true))

),

reading as (

    select
        taken.*,
        sent.submission_no,
        true as is_current,
        case
            when sent.submission_no is null then 'not_sent'
            else coalesce(reading.state, 'blank')
        end as state,
        coalesce(reading.is_blank, true) as is_blank,
        reading.value,
        reading.note,
        reading.sheet,
        reading.cell,
        reading.line
    from taken
    left join marts.submission as sent
        on taken.plan_id = sent.plan_id
        and taken.unit_id = sent.unit_id
        and taken.source_period = sent.period
        and sent.is_current
    left join marts.reading as reading
        on sent.submission_no = reading.submission_no
        and taken.plan_id = reading.plan_id
        and taken.measure = reading.measure
        and taken.area_id is not distinct from reading.area_id
    union all by name
    select
        taken.*,
        reading.submission_no,
        false as is_current,
        reading.state,
        coalesce(reading.is_blank, true) as is_blank,
        reading.value,
        reading.note,
        reading.sheet,
        reading.cell,
        reading.line
    from taken
    inner join marts.reading as reading
        on taken.plan_id = reading.plan_id
        and taken.measure = reading.measure
        and taken.unit_id = reading.unit_id
        and taken.area_id is not distinct from reading.area_id
        and taken.source_period = reading.period
        and not reading.is_current

),

used as (

    select
        reading.*,
        case
            when not is_current then 'replaced'
            when state in ('not_sent', 'blank') then state
            when
                over_time <> 'last'
                or row_number() over (
                    partition by
                        plan_id, indicator_code, period, part_no, unit_id,
                        area_id, is_current
                    order by
                        is_blank,
                        stood_to desc,
                        is_covered,
                        source_to desc
                ) = 1
                then 'counts'
            else 'earlier'
        end as usage
    from reading

),

judged as (

    -- where nothing was sent there is nothing to hide, nor to tell by it
    select
        used.*,
        if(
            used.state = 'not_sent',
            false,
            coalesce(
                stored.is_withheld,
                measured.is_withheld,
                false
            )
        ) as is_hidden
    from used
    left join marts.reading as stored
        on used.submission_no = stored.submission_no
        and used.plan_id = stored.plan_id
        and used.measure = stored.measure
        and used.area_id is not distinct from stored.area_id
    left join (
        select plan_id, measure, bool_or(is_withheld) as is_withheld
        from marts.reading
        group by plan_id, measure
    ) as measured
        on used.plan_id = measured.plan_id
        and used.measure = measured.measure

)

select
    judged.plan_id,
    judged.indicator_code,
    judged.period,
    judged.role,
    judged.part_no,
    judged.measure,
    measure.measure_name,
    measure.unit_of_measure as unit,
    measure.kind,
    judged.over_time,
    judged.comparator,
    judged.threshold::double as threshold,
    judged.unit_id,
    unit.unit_name,
    judged.area_id,
    judged.source_period,
    source.period_name as source_name,
    row_number() over (
        partition by judged.plan_id, judged.indicator_code, judged.period
        order by
            judged.part_no,
            judged.stood_to,
            judged.is_covered,
            judged.source_to,
            judged.source_no,
            judged.submission_no
    )::integer as row_no,
    judged.to_date_period = judged.period as is_in_period,
    judged.is_hidden,
    if(judged.is_hidden, null, judged.state) as state,
    judged.value::double as value,
    case
        when judged.is_hidden then null
        when measure.kind = 'yes_no' then if(judged.value > 0, 'có', 'không')
        else marts.number_text(judged.value)
    end as value_text,
    judged.note,
    -- whether a file was replaced tells nothing of what is in it
    if(judged.is_hidden and judged.is_current, null, judged.usage) as usage,
    sent.file_name,
    sent.receipt_no::integer as receipt_no,
    strftime(sent.received_at::timestamp, '%H:%M %d/%m/%Y') as received_at,
    judged.sheet,
    judged.cell,
    judged.line::integer as line
from judged
inner join marts.measure as measure
    on judged.plan_id = measure.plan_id
    and judged.measure = measure.measure
inner join marts.period as source
    on judged.plan_id = source.plan_id
    and judged.source_period = source.period
inner join marts.submission_timeliness as unit
    on judged.plan_id = unit.plan_id
    and judged.unit_id = unit.unit_id
    and judged.source_period = unit.period
left join marts.submission as sent
    on judged.submission_no = sent.submission_no
