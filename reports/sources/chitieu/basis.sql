-- One row per plan, indicator, period, measure of the indicator, place (an
-- area, or a unit where area_id is null) and reading that its figure to date
-- stands on or stood on, and one where a reading is due and there is none. Of
-- a change it is the later value that stands on them. is_inherited: the
-- reading of another area (earlier_area), of which this one is exactly made.
-- usage: counts, earlier (a stock that was reported anew), replaced (by a
-- later submission), blank, not_sent. Where small counts are withheld,
-- value, state, note, usage and cell are.
-- Key: plan_id, indicator_code, period, row_no
-- Never null: plan_id, indicator_code, period, role, part_no, measure,
-- measure_name, unit, kind, over_time, unit_id, unit_name, source_period,
-- source_name, source_short_name, source_time_no, source_state, row_no,
-- is_in_period, is_hidden, is_inherited, place_unit_id
with

-- the places at which a figure is due in the period asked for, or whose flows
-- of before stay, and of a stock the period that it is from
due as (

    select
        figure.plan_id,
        part.indicator_code,
        part.role,
        part.part_no,
        figure.measure,
        part.comparator,
        part.threshold,
        measure.over_time,
        figure.unit_id,
        figure.area_id,
        figure.period,
        asked.data_to,
        figure.span,
        figure.series,
        figure.stock_period
    from marts.figure_due as figure
    inner join marts.indicator_part as part using (plan_id, measure)
    inner join marts.measure as measure using (plan_id, measure)
    inner join marts.period as asked using (plan_id, period)
    left join marts.attainment_by_gone_area as gone
        using (plan_id, indicator_code, period, area_id)
    where
        figure.is_due
        or (gone.plan_id is not null and measure.over_time = 'sum')

),

stands_on as (

    select
        due.plan_id,
        due.indicator_code,
        due.period,
        due.role,
        due.part_no,
        due.measure,
        due.comparator,
        due.threshold,
        due.area_id,
        -- of a department the unit, of an area whoever reported for it
        due.unit_id as place_unit_id,
        figure.source_unit_id as unit_id,
        figure.source_area_id,
        figure.period as to_date_period,
        figure.source_period,
        figure.is_own,
        figure.is_inherited,
        figure.submission_no,
        figure.has_value,
        due.over_time <> 'last'
        or figure.is_inherited
        or figure.source_period = due.stock_period as counts
    from due
    inner join marts.figure_reading as figure
        on due.plan_id = figure.plan_id
        and due.measure = figure.measure
        and due.unit_id = figure.unit_id
        and due.area_id is not distinct from figure.area_id
        and due.span = figure.span
        and due.series = figure.series
    inner join marts.period as so_far
        on figure.plan_id = so_far.plan_id
        and figure.period = so_far.period
        and so_far.data_to <= due.data_to
    -- a stock that was inherited stands until there is one of its own
    where
        not figure.is_inherited
        or due.over_time = 'sum'
        or figure.period = due.period

),

reading as (

    select
        stands_on.*,
        true as is_current,
        case
            when stands_on.submission_no is null then 'not_sent'
            else coalesce(reading.state, 'blank')
        end as state,
        case
            when stands_on.submission_no is null then 'not_sent'
            when not stands_on.has_value then 'blank'
            when stands_on.counts then 'counts'
            else 'earlier'
        end as usage,
        reading.value,
        reading.note,
        reading.sheet,
        reading.cell,
        reading.line,
        reading.is_withheld
    from stands_on
    left join marts.reading as reading
        on stands_on.submission_no = reading.submission_no
        and stands_on.plan_id = reading.plan_id
        and stands_on.measure = reading.measure
        and stands_on.source_area_id is not distinct from reading.area_id
    union all by name
    select
        stands_on.* replace (reading.submission_no as submission_no),
        false as is_current,
        reading.state,
        'replaced' as usage,
        reading.value,
        reading.note,
        reading.sheet,
        reading.cell,
        reading.line,
        reading.is_withheld
    from stands_on
    inner join marts.reading as reading
        on stands_on.plan_id = reading.plan_id
        and stands_on.measure = reading.measure
        and stands_on.unit_id = reading.unit_id
        and stands_on.source_area_id is not distinct from reading.area_id
        and stands_on.source_period = reading.period
        and not reading.is_current

),

judged as (

    -- where nothing was sent there is nothing to hide, nor to tell by it
    select
        reading.*,
        if(
            reading.state = 'not_sent',
            false,
            coalesce(reading.is_withheld, measured.is_withheld, false)
        ) as is_hidden
    from reading
    left join (
        select plan_id, measure, bool_or(is_withheld) as is_withheld
        from marts.reading
        group by plan_id, measure
    ) as measured using (plan_id, measure)

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
    measure.over_time,
    judged.comparator,
    judged.threshold::double as threshold,
    judged.place_unit_id,
    judged.unit_id,
    unit.unit_name,
    judged.area_id,
    if(judged.is_inherited, earlier.area_name_within_sentence, null) as earlier_area,
    judged.is_inherited,
    judged.source_period,
    source.period_name as source_name,
    source.short_name as source_short_name,
    source.time_no as source_time_no,
    source.state as source_state,
    row_number() over (
        partition by judged.plan_id, judged.indicator_code, judged.period
        order by
            judged.part_no,
            stood.data_to,
            not judged.is_own,
            source_dates.data_to,
            source.period_no,
            judged.submission_no,
            unit.unit_no,
            judged.area_id,
            judged.source_area_id
    )::integer as row_no,
    judged.to_date_period = judged.period as is_in_period,
    judged.is_hidden,
    if(judged.is_hidden, null, judged.state) as state,
    judged.value::double as value,
    case
        when judged.is_hidden then null
        when measure.kind = 'level'
            then string_split(measure.unit_of_measure, ' < ')[judged.value::integer]
        when measure.kind = 'yes_no' then marts.answer_text(judged.value > 0)
        else marts.number_text(judged.value)
    end as value_text,
    judged.note,
    -- whether a file was replaced tells nothing of what is in it
    if(judged.is_hidden and judged.is_current, null, judged.usage) as usage,
    sent.file_name,
    sent.receipt_no::integer as receipt_no,
    marts.moment_text(sent.received_at) as received_at,
    judged.sheet,
    judged.cell,
    judged.line::integer as line,
    if(judged.is_hidden, null, sent.handed_plan) as handed_plan,
    if(judged.is_hidden, null, sent.handed_period) as handed_period,
    if(judged.is_hidden, null, sent.handed_version)::integer as handed_version
from judged
inner join marts.measure as measure using (plan_id, measure)
inner join marts.period as stood
    on judged.plan_id = stood.plan_id
    and judged.to_date_period = stood.period
inner join marts.period as source_dates
    on judged.plan_id = source_dates.plan_id
    and judged.source_period = source_dates.period
inner join chitieu.period as source
    on judged.plan_id = source.plan_id
    and judged.source_period = source.period
left join chitieu.area as earlier
    on judged.plan_id = earlier.plan_id
    and judged.source_area_id = earlier.area_id
inner join marts.submission_timeliness as unit
    on judged.plan_id = unit.plan_id
    and judged.unit_id = unit.unit_id
    and judged.source_period = unit.period
left join marts.submission as sent using (submission_no)
